package io.sluice.cdc.event;

/**
 * The type of a column as Sluice carries it.
 *
 * @param logical what a value is
 * @param precision decimal digits in all for the decimal types, else 0
 * @param scale decimal digits after the point for the decimal types; fractional second digits (0 to
 *     6) for times; else 0
 */
public record ColumnType(LogicalType logical, int precision, int scale) {

  /** A type without parameters. */
  public static ColumnType of(LogicalType logical) {
    return new ColumnType(logical, 0, 0);
  }

  /** A decimal that fits 38 digits; the storage follows from the precision. */
  public static ColumnType decimal(int precision, int scale) {
    if (precision < 1 || precision > 38) {
      throw new IllegalArgumentException("precision " + precision + " is not within 1 to 38");
    }
    return new ColumnType(
        precision <= 18 ? LogicalType.SMALL_DECIMAL : LogicalType.DECIMAL, precision, scale);
  }

  /** A temporal type with its fractional second digits. */
  public static ColumnType temporal(LogicalType logical, int fraction) {
    return new ColumnType(logical, 0, fraction);
  }

  /** How a vector holds such values. */
  public LogicalType.Storage storage() {
    return logical.storage();
  }
}
