package io.sluice.cdc.internal.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Dates and times as numbers in the same order, and back as values that MySQL takes. Zero dates and
 * the 31st of February have their number too, so these are not moments.
 */
final class TimeText {
  private static final long MONTH = 32;
  private static final long YEAR = 13 * MONTH;
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final int SAFE_DAY = 28;

  private TimeText() {}

  static long ofDate(String text) {
    Cell ascii = Cell.of(text.getBytes(StandardCharsets.US_ASCII));
    return Ascii.toInt(ascii, 0, 4) * YEAR
        + Ascii.toInt(ascii, 5, 7) * MONTH
        + Ascii.toInt(ascii, 8, 10);
  }

  /** A date of the number, or the nearest before it that every calendar has. */
  static String date(long number) {
    long month = Math.max(1, number % YEAR / MONTH);
    long day = Math.max(1, Math.min(SAFE_DAY, number % MONTH));
    return String.format(Locale.ROOT, "%04d-%02d-%02d", number / YEAR, month, day);
  }

  static long ofDateTime(String text) {
    return ofDate(text) * DAY_MICROS + ofTime(text.substring(11));
  }

  static String dateTime(long number) {
    return date(number / DAY_MICROS) + " " + time(number % DAY_MICROS);
  }

  static long ofTime(String text) {
    return AsciiTimes.span(Cell.of(text.getBytes(StandardCharsets.US_ASCII)));
  }

  static String time(long micros) {
    long size = Math.abs(micros);
    return String.format(
        Locale.ROOT,
        "%s%02d:%02d:%02d.%06d",
        micros < 0 ? "-" : "",
        size / 3_600_000_000L,
        size / 60_000_000 % 60,
        size / 1_000_000 % 60,
        size % 1_000_000);
  }
}
