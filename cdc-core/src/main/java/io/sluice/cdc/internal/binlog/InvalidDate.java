package io.sluice.cdc.internal.binlog;

import java.io.Serializable;
import java.util.Locale;

/**
 * A date that MySQL stores and no calendar has, e.g. {@code 0000-00-00} or {@code 2021-02-30}, as
 * MySQL prints it.
 */
record InvalidDate(String text) implements Serializable {
  static InvalidDate date(int year, int month, int day) {
    return new InvalidDate(String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day));
  }

  static InvalidDate datetime(
      int year, int month, int day, int hour, int minute, int second, long micros, int digits) {
    String text =
        String.format(
            Locale.ROOT, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day, hour, minute, second);
    if (digits > 0) {
      text += "." + String.format(Locale.ROOT, "%06d", micros).substring(0, digits);
    }
    return new InvalidDate(text);
  }
}
