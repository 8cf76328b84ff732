package io.sluice.cdc.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Key values as texts that are exact and reversible: numbers in plain digits, dates and times as
 * MySQL prints them (in UTC), text as it is, bytes as {@code 0x…}.
 */
public final class KeyText {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final long MICROS = 1_000_000;

  private KeyText() {}

  /** The text of a value that is not NULL. */
  public static String of(ColumnType type, ColumnVector values, int row) {
    return switch (type.logical()) {
      case BOOLEAN, INT8, INT16, INT32, INT64 -> Long.toString(longAt(values, row));
      case SMALL_DECIMAL -> BigDecimal.valueOf(longAt(values, row), type.scale()).toPlainString();
      case DECIMAL ->
          new BigDecimal(new BigInteger(bytesAt(values, row)), type.scale()).toPlainString();
      case FLOAT, DOUBLE -> Double.toString(((DoubleVector) values).get(row));
      case DATE -> LocalDate.ofEpochDay(longAt(values, row)).toString();
      case DATETIME, TIMESTAMP -> dateTime(longAt(values, row));
      case TIME -> time(longAt(values, row));
      case TEXT -> new String(bytesAt(values, row), StandardCharsets.UTF_8);
      case BINARY -> "0x" + HexFormat.of().formatHex(bytesAt(values, row));
    };
  }

  private static long longAt(ColumnVector values, int row) {
    return ((LongVector) values).get(row);
  }

  private static byte[] bytesAt(ColumnVector values, int row) {
    return ((BytesVector) values).get(row);
  }

  private static String dateTime(long micros) {
    long seconds = Math.floorDiv(micros, MICROS);
    int nanos = (int) Math.floorMod(micros, MICROS) * 1000;
    return DATE_TIME.format(LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC));
  }

  private static String time(long micros) {
    long size = Math.abs(micros);
    long seconds = size / MICROS;
    return String.format(
        Locale.ROOT,
        "%s%02d:%02d:%02d.%06d",
        micros < 0 ? "-" : "",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        size % MICROS);
  }
}
