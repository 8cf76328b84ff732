package io.sluice.cdc.internal.binlog;

import java.math.BigDecimal;

/**
 * Prints a double inside JSON as MySQL does: the shortest digits that read back to the same value,
 * plain for exponents from -15 to 14 digits before the point, else with {@code e}; a whole number
 * keeps {@code .0}.
 */
final class MySqlDouble {
  private MySqlDouble() {}

  static String text(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().abs().toString();
    int stripped = digits.length();
    while (stripped > 1 && digits.charAt(stripped - 1) == '0') {
      stripped--;
    }
    int point =
        digits.length() - shortest.scale(); // where the point is, counted from the first digit
    digits = digits.substring(0, stripped);
    String sign = value < 0 ? "-" : "";
    return sign
        + (isPlain(digits.length(), point) ? plain(digits, point) : exponent(digits, point));
  }

  /** The choice that MySQL's my_gcvt makes, found by comparing with a server. */
  private static boolean isPlain(int digits, int point) {
    if (point > 0) {
      return point <= 15 || digits > point;
    }
    return point > -4 - 11 && digits - point <= 32;
  }

  private static String plain(String digits, int point) {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String exponent(String digits, int point) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e" + (point - 1);
  }

  /**
   * Double.toString is the shortest only from Java 19 on; on older ones fewer digits are tried
   * first.
   */
  private static BigDecimal shortest(double value) {
    for (int precision = 1; precision <= 17; precision++) {
      BigDecimal rounded =
          new BigDecimal(value)
              .round(new java.math.MathContext(precision, java.math.RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded;
      }
    }
    throw new IllegalStateException("17 digits tell every double apart");
  }
}
