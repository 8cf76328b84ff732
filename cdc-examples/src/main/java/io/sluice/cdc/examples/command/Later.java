package io.sluice.cdc.examples.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cdc.config.Problems;

/**
 * Keys that are planned: refused by name, so that nobody believes that a column is masked when it
 * is not.
 */
final class Later {
  private Later() {}

  /** Whether the key is one of them; adds the problem unless the value says what happens anyway. */
  static boolean refuses(String name, JsonNode value, Problems problems) {
    switch (name) {
      case "columns" -> {
        if (!value.isNull() && !value.isEmpty()) {
          problems.add(
              "columns: hashing and redacting columns is not supported yet; leave it out, and exclude the table with"
                  + " source.exclude if its columns must not leave the database");
        }
        return true;
      }
      case "newColumns" -> {
        if (!value.asText().equals("keep")) {
          problems.add(
              "newColumns",
              value.asText(),
              "is not supported yet; only keep is, which is what happens without it");
        }
        return true;
      }
      default -> {
        return false;
      }
    }
  }
}
