package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.error.UnsupportedColumnException;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Chooses how the values of a column are decoded. */
final class CellDecoders {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  private CellDecoders() {}

  /**
   * The decoder of a column.
   *
   * @param toUtf8 how text of the column becomes UTF-8
   * @param invalidDates told every invalid date that becomes NULL
   */
  static CellDecoder of(
      TableName table,
      Column column,
      MySqlType type,
      UnaryOperator<byte[]> toUtf8,
      InvalidDates invalidDates) {
    CellDecoder plain = plain(table, column, type, toUtf8);
    if (isDate(type)) {
      return (value, into) -> {
        if (value instanceof InvalidDate invalid) {
          invalidDates.decode(table, column, invalid, into);
        } else {
          plain.decode(value, into);
        }
      };
    }
    return plain;
  }

  private static boolean isDate(MySqlType type) {
    return type.name().equals("date")
        || type.name().equals("datetime")
        || type.name().equals("timestamp");
  }

  private static CellDecoder plain(
      TableName table, Column column, MySqlType type, UnaryOperator<byte[]> toUtf8) {
    LogicalType logical = column.type().logical();
    if (logical == LogicalType.BOOLEAN || logical == LogicalType.INT64 && type.mayExceedLong()) {
      return checked(table, column, type);
    }
    if (logical == LogicalType.TEXT && isPrinted(type)) {
      return PrintedValues.of(type);
    }
    return switch (type.name()) {
      case "tinyint", "smallint", "mediumint", "int" ->
          type.unsigned() ? masked(type.storedMask()) : CellDecoders::integer;
      case "bigint", "bit" ->
          logical == LogicalType.DECIMAL ? CellDecoders::unsignedLong : CellDecoders::integer;
      case "float", "double" -> CellDecoders::floating;
      case "decimal" -> decimal(column, type);
      case "json" -> CellDecoders::json;
      case "enum" -> enumeration(table, column, type.values());
      case "set" -> set(type.values());
      case "binary" -> padded(type.length());
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          (value, into) -> ((BytesVector) into).appendOwned(toUtf8.apply((byte[]) value));
      case "tinyblob", "blob", "mediumblob", "longblob", "varbinary", "vector" ->
          CellDecoders::bytes;
      case "date", "datetime", "timestamp", "time", "year" -> CellDecoders::integer; // as read
      default -> CellDecoders::spatial;
    };
  }

  /** Whether values have no text form of their own, so that text was chosen for the column. */
  private static boolean isPrinted(MySqlType type) {
    return switch (type.name()) {
      case "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "bit",
          "year",
          "date",
          "datetime",
          "timestamp",
          "time" ->
          true;
      default -> false;
    };
  }

  private static CellDecoder checked(TableName table, Column column, MySqlType type) {
    boolean large = type.mayExceedLong();
    long mask = type.storedMask();
    return (value, into) -> {
      long number = (Long) value & mask;
      ((LongVector) into).append(Unfit.check(table, column, number, large && number < 0));
    };
  }

  private static void integer(Object value, ColumnVector into) {
    ((LongVector) into).append((Long) value);
  }

  private static CellDecoder masked(long mask) {
    return (value, into) -> ((LongVector) into).append((Long) value & mask);
  }

  private static void unsignedLong(Object value, ColumnVector into) {
    long raw = (Long) value;
    BigInteger number = BigInteger.valueOf(raw);
    ((BytesVector) into).append((raw < 0 ? number.add(TWO_TO_64) : number).toByteArray());
  }

  private static void floating(Object value, ColumnVector into) {
    ((DoubleVector) into).append(((Number) value).doubleValue());
  }

  private static CellDecoder decimal(Column column, MySqlType type) {
    if (column.type().logical() == LogicalType.SMALL_DECIMAL) {
      return CellDecoders::integer;
    }
    if (column.type().logical() == LogicalType.TEXT) {
      return (value, into) ->
          ((BytesVector) into)
              .append(exact(value, type).toPlainString().getBytes(StandardCharsets.US_ASCII));
    }
    return (value, into) ->
        ((BytesVector) into)
            .append(
                ((BigDecimal) value)
                    .setScale(type.scale(), RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .toByteArray());
  }

  /** Short ones are read without their point. */
  private static BigDecimal exact(Object value, MySqlType type) {
    return value instanceof Long unscaled
        ? BigDecimal.valueOf(unscaled, type.scale())
        : (BigDecimal) value;
  }

  private static void bytes(Object value, ColumnVector into) {
    ((BytesVector) into).appendOwned((byte[]) value);
  }

  private static void spatial(Object value, ColumnVector into) {
    ((BytesVector) into).append(Ewkb.of((byte[]) value));
  }

  private static void json(Object value, ColumnVector into) {
    ((BytesVector) into).append(JsonText.of((byte[]) value));
  }

  /** The binlog leaves trailing zero bytes of BINARY(n) out. */
  private static CellDecoder padded(int length) {
    return (value, into) -> {
      byte[] raw = (byte[]) value;
      ((BytesVector) into).append(raw.length < length ? Arrays.copyOf(raw, length) : raw);
    };
  }

  private static CellDecoder enumeration(TableName table, Column column, List<String> values) {
    byte[][] texts = utf8(values);
    return (value, into) -> {
      int index = (int) (long) (Long) value;
      if (index < 0 || index > texts.length) {
        throw new UnsupportedColumnException(
            table
                + "."
                + column.name()
                + ": the binlog holds enum index "
                + index
                + " of "
                + texts.length,
            "The table was changed without the binlog; load it again");
      }
      ((BytesVector) into).append(index == 0 ? new byte[0] : texts[index - 1]);
    };
  }

  private static CellDecoder set(List<String> values) {
    byte[][] texts = utf8(values);
    return (value, into) -> {
      long mask = (Long) value;
      java.io.ByteArrayOutputStream joined = new java.io.ByteArrayOutputStream();
      for (int i = 0; i < texts.length; i++) {
        if ((mask & (1L << i)) != 0) {
          if (joined.size() > 0) {
            joined.write(',');
          }
          joined.writeBytes(texts[i]);
        }
      }
      ((BytesVector) into).append(joined.toByteArray());
    };
  }

  private static byte[][] utf8(List<String> values) {
    return values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }
}
