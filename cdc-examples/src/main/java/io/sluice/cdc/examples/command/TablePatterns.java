package io.sluice.cdc.examples.command;

import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.event.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The option {@code --table} of the subcommands. */
final class TablePatterns {
  private static final int NAMED = 10;

  private TablePatterns() {}

  /** Every pattern; what is none becomes a problem. */
  static List<TablePattern> parse(List<String> texts, Problems problems) {
    List<TablePattern> patterns = new ArrayList<>();
    for (String text : texts) {
      try {
        patterns.add(TablePattern.parse(text));
      } catch (IllegalArgumentException e) {
        problems.add("--table", text, String.valueOf(e.getMessage()));
      }
    }
    return patterns;
  }

  /** The first few tables, for a message. */
  static String some(List<TableName> tables) {
    String first =
        tables.stream().limit(NAMED).map(TableName::toString).collect(Collectors.joining(", "));
    return tables.size() <= NAMED ? first : first + " and " + (tables.size() - NAMED) + " more";
  }
}
