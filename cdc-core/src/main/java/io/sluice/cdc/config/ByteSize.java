package io.sluice.cdc.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 128MiB}, {@code 64KiB}, {@code 1GiB}, or plain bytes. */
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(b|kib|mib|gib)?");

  private ByteSize() {}

  /**
   * Reads a size.
   *
   * @return bytes
   * @throws IllegalArgumentException when it is not one, saying what is allowed
   */
  public static long parse(String text) {
    Matcher m = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "is not a size; write a whole number with B, KiB, MiB or GiB, e.g. 128MiB");
    }
    long number = Long.parseLong(m.group(1));
    String unit = m.group(2) == null ? "b" : m.group(2);
    return switch (unit) {
      case "kib" -> number << 10;
      case "mib" -> number << 20;
      case "gib" -> number << 30;
      default -> number;
    };
  }

  /** Writes a size as briefly as is exact to one digit, e.g. {@code 1.5 MiB}. */
  public static String format(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
