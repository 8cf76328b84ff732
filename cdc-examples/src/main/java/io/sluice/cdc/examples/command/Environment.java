package io.sluice.cdc.examples.command;

import io.sluice.cdc.config.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code ${NAME}} in values from environment variables. */
record Environment(Map<String, String> variables) {
  private static final Pattern NAMED = Pattern.compile("\\$\\{([^}]*)}");

  /** The text with every variable filled in; empty, and a problem, when one is not set. */
  Optional<String> fill(String key, String text, Problems problems) {
    Matcher m = NAMED.matcher(text);
    StringBuilder filled = new StringBuilder();
    boolean complete = true;
    while (m.find()) {
      String value = variables.get(m.group(1));
      if (value == null) {
        problems.add(
            key, m.group(), "names an environment variable that is not set; set " + m.group(1));
        complete = false;
      }
      m.appendReplacement(filled, Matcher.quoteReplacement(value == null ? "" : value));
    }
    m.appendTail(filled);
    return complete ? Optional.of(filled.toString()) : Optional.empty();
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return "Environment" + variables.keySet();
  }
}
