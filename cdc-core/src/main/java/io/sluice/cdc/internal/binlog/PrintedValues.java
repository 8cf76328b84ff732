package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.MySqlType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.LongFunction;

/** Values in the forms of {@link CellReader} as the text that MySQL prints for them. */
final class PrintedValues {
  private static final long SECOND = 1_000_000;
  private static final long DAY_SECONDS = 86_400;

  private PrintedValues() {}

  /** For columns of these types that are carried as text. */
  static CellDecoder of(MySqlType type) {
    int digits = Math.max(0, type.length());
    return switch (type.name()) {
      case "tinyint", "smallint", "mediumint", "int" -> {
        long mask = type.storedMask();
        yield longs(value -> Long.toString(value & mask));
      }
      case "bigint" -> longs(type.unsigned() ? Long::toUnsignedString : Long::toString);
      case "bit" -> longs(Long::toUnsignedString);
      case "year" -> longs(value -> String.format(Locale.ROOT, "%04d", value));
      case "date" -> longs(PrintedValues::date);
      case "datetime", "timestamp" -> longs(value -> dateTime(value, digits));
      case "time" -> longs(value -> time(value, digits));
      default -> throw new IllegalStateException(type.text() + " is not carried as text");
    };
  }

  private static CellDecoder longs(LongFunction<String> print) {
    return (value, into) ->
        ((BytesVector) into).append(print.apply((Long) value).getBytes(StandardCharsets.US_ASCII));
  }

  private static String date(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return String.format(
        Locale.ROOT, "%04d-%02d-%02d", date.getYear(), date.getMonthValue(), date.getDayOfMonth());
  }

  private static String dateTime(long micros, int digits) {
    long seconds = Math.floorDiv(micros, SECOND);
    return date(Math.floorDiv(seconds, DAY_SECONDS))
        + " "
        + clock(Math.floorMod(seconds, DAY_SECONDS), Math.floorMod(micros, SECOND), digits);
  }

  private static String time(long micros, int digits) {
    long size = Math.abs(micros);
    return (micros < 0 ? "-" : "") + clock(size / SECOND, size % SECOND, digits);
  }

  private static String clock(long seconds, long micros, int digits) {
    String text =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return digits == 0
        ? text
        : text + "." + String.format(Locale.ROOT, "%06d", micros).substring(0, digits);
  }
}
