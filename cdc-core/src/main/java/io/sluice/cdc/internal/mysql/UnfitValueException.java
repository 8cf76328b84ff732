package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.TableName;

/**
 * A value cannot be carried. Its message does not tell the value, which may be a secret: who knows
 * that it is none lets it be {@link #told}.
 */
public final class UnfitValueException extends UnsupportedColumnException {
  private static final long serialVersionUID = 1L;

  private final transient TableName table;
  private final String column;
  private final String told;
  private final String toldRemedy;

  /**
   * A value that does not fit.
   *
   * @param problem what is wrong with it, without the value: {@code holds a date …}
   * @param told the same with the value
   * @param toldRemedy what to do, with the value
   */
  public UnfitValueException(
      TableName table,
      String column,
      String problem,
      String remedy,
      String told,
      String toldRemedy) {
    super(table + "." + column + " " + problem, remedy);
    this.table = table;
    this.column = column;
    this.told = told;
    this.toldRemedy = toldRemedy;
  }

  /** The table of the column. */
  public TableName table() {
    return table;
  }

  /** The column. */
  public String column() {
    return column;
  }

  /** The same with the value. */
  public UnsupportedColumnException told() {
    return new UnsupportedColumnException(table + "." + column + " " + told, toldRemedy, this);
  }
}
