package io.sluice.cdc.config;

/**
 * The protection of some columns. Immutable.
 *
 * @param match which columns
 * @param protection what becomes of their values
 */
public record ProtectionRule(ColumnPattern match, Protection protection) {
  /**
   * The protection of the columns of a pattern.
   *
   * @throws IllegalArgumentException when it has not the form {@code database.table.column}
   */
  public ProtectionRule(String match, Protection protection) {
    this(ColumnPattern.parse(match), protection);
  }

  @Override
  public String toString() {
    return protection + " for " + match;
  }
}
