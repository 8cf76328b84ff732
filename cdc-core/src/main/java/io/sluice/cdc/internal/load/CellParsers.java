package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.DoubleVector;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.Ewkb;
import io.sluice.cdc.internal.mysql.Unfit;
import java.nio.charset.StandardCharsets;

/** Chooses how the values of a column are read, and how the column is asked for. */
final class CellParsers {
  private CellParsers() {}

  /**
   * What to select so that the text is exact: MySQL prints FLOAT with six digits and DOUBLE(m,d)
   * with d of them, but a product, which is a plain DOUBLE, with as many as it takes. Times one
   * keeps the sign of zero.
   */
  static String select(String quotedName, MySqlType type) {
    return switch (type.name()) {
      case "float", "double" -> quotedName + " * 1E0";
      default -> quotedName;
    };
  }

  /** The parser of a column; invalid dates go to {@code dates}. */
  static CellParser of(TableName table, Column column, MySqlType type, InvalidDates dates) {
    int scale = column.type().scale();
    boolean bits = type.name().equals("bit");
    if (column.type().logical() == LogicalType.BOOLEAN
        || column.type().logical() == LogicalType.INT64 && type.mayExceedLong()) {
      boolean large = type.mayExceedLong();
      return (value, into) -> {
        long number = bits ? Ascii.bits(value) : whole(value, large);
        ((LongVector) into).append(Unfit.check(table, column, number, large && number < 0));
      };
    }
    if (bits) {
      return bits(column.type().logical());
    }
    if (type.isSpatial()) {
      return (value, into) -> ((BytesVector) into).append(Ewkb.of(value.owned()));
    }
    return switch (column.type().logical()) {
      case BOOLEAN, INT8, INT16, INT32, INT64 ->
          (value, into) -> ((LongVector) into).append(Ascii.toLong(value));
      case SMALL_DECIMAL ->
          (value, into) -> ((LongVector) into).append(Ascii.unscaledLong(value, scale));
      case DECIMAL -> decimal(scale);
      case FLOAT, DOUBLE -> (value, into) -> ((DoubleVector) into).append(Ascii.toDouble(value));
      case DATE -> (value, into) -> dates.append(value, AsciiTimes.days(value), into);
      case DATETIME, TIMESTAMP ->
          (value, into) -> dates.append(value, AsciiTimes.micros(value), into);
      case TIME -> (value, into) -> ((LongVector) into).append(AsciiTimes.span(value));
      case TEXT, BINARY ->
          type.isNumber()
              ? (value, into) -> ((BytesVector) into).appendOwned(Ascii.withoutZeroFill(value))
              : CellParsers::bytes;
    };
  }

  /** A value of 100 MiB has an array of its own, which is not copied. */
  private static void bytes(Cell value, ColumnVector into) {
    BytesVector vector = (BytesVector) into;
    if (value.length() == value.array().length) {
      vector.appendOwned(value.array());
    } else {
      vector.append(value.array(), value.offset(), value.length());
    }
  }

  private static long whole(Cell value, boolean large) {
    return large ? Long.parseUnsignedLong(value.text()) : Ascii.toLong(value);
  }

  private static CellParser bits(LogicalType logical) {
    return switch (logical) {
      case TEXT ->
          (value, into) ->
              ((BytesVector) into)
                  .append(
                      Long.toUnsignedString(Ascii.bits(value)).getBytes(StandardCharsets.US_ASCII));
      case DECIMAL -> (value, into) -> ((BytesVector) into).append(Ascii.bitsBytes(value));
      default -> (value, into) -> ((LongVector) into).append(Ascii.bits(value));
    };
  }

  private static CellParser decimal(int scale) {
    return scale == 0
        ? (value, into) -> ((BytesVector) into).append(Ascii.wholeBytes(value))
        : (value, into) -> ((BytesVector) into).append(Ascii.unscaledBytes(value, scale));
  }
}
