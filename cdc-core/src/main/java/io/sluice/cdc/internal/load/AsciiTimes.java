package io.sluice.cdc.internal.load;

/** Reads dates and times from the ASCII bytes of MySQL's text protocol. */
final class AsciiTimes {
  /** The answer for a date that no calendar has. */
  static final long INVALID = Long.MIN_VALUE;

  private static final long MICROS = 1_000_000L;
  private static final long DAY_SECONDS = 86_400L;

  private AsciiTimes() {}

  /** {@code YYYY-MM-DD} as days since 1970-01-01, or {@link #INVALID}. */
  static long days(Cell text) {
    int year = Ascii.toInt(text, 0, 4);
    int month = Ascii.toInt(text, 5, 7);
    int day = Ascii.toInt(text, 8, 10);
    if (month == 0 || day == 0 || day > monthDays(year, month)) {
      return INVALID;
    }
    return epochDay(year, month, day);
  }

  /**
   * {@code YYYY-MM-DD hh:mm:ss[.ffffff]} as microseconds since 1970-01-01T00:00, or {@link
   * #INVALID}.
   */
  static long micros(Cell text) {
    long days = days(text);
    if (days == INVALID) {
      return INVALID;
    }
    long seconds =
        days * DAY_SECONDS
            + Ascii.toInt(text, 11, 13) * 3600L
            + Ascii.toInt(text, 14, 16) * 60L
            + Ascii.toInt(text, 17, 19);
    return seconds * MICROS + fraction(text, 19);
  }

  /** {@code [-]h…:mm:ss[.ffffff]} as signed microseconds. */
  static long span(Cell text) {
    int start = text.at(0) == '-' ? 1 : 0;
    int colon = start;
    while (text.at(colon) != ':') {
      colon++;
    }
    long seconds =
        Ascii.toInt(text, start, colon) * 3600L
            + Ascii.toInt(text, colon + 1, colon + 3) * 60L
            + Ascii.toInt(text, colon + 4, colon + 6);
    long micros = seconds * MICROS + fraction(text, colon + 6);
    return start == 1 ? -micros : micros;
  }

  private static long fraction(Cell text, int point) {
    if (text.length() <= point + 1) {
      return 0;
    }
    long value = Ascii.toInt(text, point + 1, text.length());
    for (int digits = text.length() - point - 1; digits < 6; digits++) {
      value *= 10;
    }
    return value;
  }

  private static int monthDays(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Counts in years that begin in March, so that the day to be leapt is the last. */
  private static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }
}
