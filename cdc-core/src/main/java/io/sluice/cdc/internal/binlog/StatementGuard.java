package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.error.SourceException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Stops at rows that a session wrote in statement format: the binlog then holds no rows, only the
 * statement.
 */
final class StatementGuard {
  private static final Pattern DML =
      Pattern.compile(
          "(?:/\\*.*?\\*/|--[^\\n]*\\n|#[^\\n]*\\n|\\s)*(?:INSERT|UPDATE|DELETE|REPLACE|LOAD\\s+DATA|CALL|WITH)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private final SourceConfig source;
  private final boolean hideLiterals;

  StatementGuard(SourceConfig source, boolean hideLiterals) {
    this.source = source;
    this.hideLiterals = hideLiterals;
  }

  /**
   * Checks a statement.
   *
   * @param database the session's database, may be empty
   * @throws SourceException when it may have changed an included table
   */
  void check(String database, String sql) {
    if (DML.matcher(sql).matches() && mayConcern(database, sql)) {
      throw new SourceException(
          "The binlog holds rows in statement format, which cannot be read: "
              + Quote.of(sql, hideLiterals),
          "Forbid sessions to set binlog_format, then load the tables that the statement changed again");
    }
  }

  private boolean mayConcern(String database, String sql) {
    if (database != null && SourceConfig.isSystem(database)) {
      return false;
    }
    String text = sql.toLowerCase(Locale.ROOT);
    return source.include().stream().anyMatch(p -> concerns(p, database, text));
  }

  private static boolean concerns(TablePattern pattern, String database, String sql) {
    if (database != null && pattern.matchesDatabase(database)) {
      return true;
    }
    String name = pattern.databaseText().toLowerCase(Locale.ROOT);
    return name.contains("*") || name.contains("?") || sql.contains(name);
  }
}
