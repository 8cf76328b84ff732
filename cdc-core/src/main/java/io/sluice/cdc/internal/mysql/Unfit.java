package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableName;
import java.util.Locale;

/** Values of a column that what was chosen for it in {@code types.columns} cannot hold. */
public final class Unfit {
  private Unfit() {}

  /**
   * Returns the value when the column can hold it.
   *
   * @param value the number in two's complement
   * @param large whether it is 2^63 or more, so that {@code value} looks negative
   * @throws UnfitValueException naming table and column
   */
  public static long check(TableName table, Column column, long value, boolean large) {
    boolean fits =
        !large && (column.type().logical() != LogicalType.BOOLEAN || value == 0 || value == 1);
    if (fits) {
      return value;
    }
    String number = large ? Long.toUnsignedString(value) : Long.toString(value);
    String why = ", which does not fit " + column.type().logical().name().toLowerCase(Locale.ROOT);
    String remedy = "Change types.columns for this column, or correct the value in MySQL";
    throw new UnfitValueException(
        table, column.name(), "holds a value" + why, remedy, "holds " + number + why, remedy);
  }
}
