package io.sluice.cdc.config;

import io.sluice.cdc.event.CarryAs;
import io.sluice.cdc.event.TableName;
import java.util.regex.Pattern;

/**
 * A choice for some columns. Immutable.
 *
 * @param match {@code database.table.column} with {@code *} and {@code ?}; a name that holds a dot,
 *     {@code *} or {@code ?} is put in back-quotes
 * @param as how they are carried
 */
public record ColumnRule(String match, CarryAs as) {
  /**
   * Checks the pattern.
   *
   * @throws IllegalArgumentException when it has not the form {@code database.table.column}
   */
  public ColumnRule {
    lastDot(match);
    tables(match);
    column(match);
  }

  /** Whether the column is meant; letters match exactly as they are written. */
  public boolean matches(TableName table, String column) {
    return column(match).matcher(column).matches() && tables(match).matches(table);
  }

  private static TablePattern tables(String match) {
    return TablePattern.parse(match.substring(0, lastDot(match)));
  }

  private static Pattern column(String match) {
    // The pattern for a table is one for a column, too; it wants a database before it.
    String column = match.substring(lastDot(match) + 1);
    return Pattern.compile(TablePattern.parse("*." + column).tableRegex(), Pattern.DOTALL);
  }

  private static int lastDot(String match) {
    boolean quoted = false;
    int dots = 0;
    int last = -1;
    for (int i = 0; i < match.length(); i++) {
      char c = match.charAt(i);
      quoted ^= c == '`';
      if (c == '.' && !quoted) {
        dots++;
        last = i;
      }
    }
    if (dots != 2 || last == match.length() - 1) {
      throw new IllegalArgumentException(
          "is not a column pattern; write database.table.column, e.g. shop.*.price");
    }
    return last;
  }

  @Override
  public String toString() {
    return match + " as " + as.name().toLowerCase(java.util.Locale.ROOT);
  }
}
