package io.sluice.cdc.config;

import io.sluice.cdc.event.CarryAs;
import io.sluice.cdc.event.TableName;
import java.util.Locale;

/**
 * A choice for some columns. Immutable.
 *
 * @param match which columns
 * @param as how they are carried
 */
public record ColumnRule(ColumnPattern match, CarryAs as) {
  /**
   * A choice for the columns of a pattern.
   *
   * @throws IllegalArgumentException when it has not the form {@code database.table.column}
   */
  public ColumnRule(String match, CarryAs as) {
    this(ColumnPattern.parse(match), as);
  }

  /** Whether the column is meant. */
  public boolean matches(TableName table, String column) {
    return match.matches(table, column);
  }

  @Override
  public String toString() {
    return match + " as " + as.name().toLowerCase(Locale.ROOT);
  }
}
