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

  /** Fails unless each pattern matches one of the tables that the commit log knows. */
  static void requireMatches(List<TablePattern> patterns, List<TableName> tables) {
    Problems problems = new Problems();
    for (TablePattern pattern : patterns) {
      if (tables.stream().noneMatch(pattern::matches)) {
        problems.add(
            "--table",
            pattern,
            "matches no table in the commit log; there are "
                + some(tables)
                + ". Letters match exactly as they are written");
      }
    }
    problems.throwIfAny();
  }

  /** The first few tables, for a message. */
  private static String some(List<TableName> tables) {
    String first =
        tables.stream().limit(NAMED).map(TableName::toString).collect(Collectors.joining(", "));
    return tables.size() <= NAMED ? first : first + " and " + (tables.size() - NAMED) + " more";
  }
}
