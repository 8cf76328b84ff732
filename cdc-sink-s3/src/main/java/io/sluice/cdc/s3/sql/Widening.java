package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LogicalType;

/** Which types hold every value of another one. */
final class Widening {
  private Widening() {}

  /** Whether both are the same in Parquet; how many digits a second has is not told there. */
  static boolean isSame(ColumnType from, ColumnType to) {
    return from.logical() == to.logical() && (!isDecimal(from) || from.equals(to));
  }

  /** A whole number to a wider one. */
  static boolean isWiderInteger(ColumnType from, ColumnType to) {
    return bits(from) > 0 && bits(to) >= bits(from);
  }

  /** A decimal to one that has at least as many digits on both sides of the point. */
  static boolean isWiderDecimal(ColumnType from, ColumnType to) {
    return isDecimal(from)
        && isDecimal(to)
        && to.scale() >= from.scale()
        && to.precision() - to.scale() >= from.precision() - from.scale();
  }

  /** A whole number to a decimal that has room for it. */
  static boolean isIntegerInDecimal(ColumnType from, ColumnType to) {
    return bits(from) > 0 && isDecimal(to) && to.precision() - to.scale() >= digits(from);
  }

  /** Any of these. */
  static boolean isWiderNumber(ColumnType from, ColumnType to) {
    return isWiderInteger(from, to) || isWiderDecimal(from, to) || isIntegerInDecimal(from, to);
  }

  static boolean isDecimal(ColumnType type) {
    return type.logical() == LogicalType.SMALL_DECIMAL || type.logical() == LogicalType.DECIMAL;
  }

  private static int bits(ColumnType type) {
    return switch (type.logical()) {
      case INT8 -> 8;
      case INT16 -> 16;
      case INT32 -> 32;
      case INT64 -> 64;
      default -> 0;
    };
  }

  private static int digits(ColumnType type) {
    return switch (type.logical()) {
      case INT8 -> 3;
      case INT16 -> 5;
      case INT32 -> 10;
      default -> 19;
    };
  }
}
