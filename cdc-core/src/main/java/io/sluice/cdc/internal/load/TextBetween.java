package io.sluice.cdc.internal.load;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Guesses a text between two others. Characters that a collation puts where ASCII does not are
 * guessed badly, which is harmless.
 */
final class TextBetween {
  /** The usual order of collations that do not compare by code: marks, digits, letters. */
  private static final String NATURAL = natural();

  private static final int DIGITS = 6;

  private TextBetween() {}

  /**
   * A text a part of the way from {@code a} to {@code b}, or null when nothing is known to lie
   * between.
   */
  static @Nullable String of(String a, String b, String collation, double fraction) {
    boolean byCode = collation.endsWith("_bin");
    String from = byCode ? a : a.toLowerCase(Locale.ROOT);
    String to = byCode ? b : b.toLowerCase(Locale.ROOT);
    int common = 0;
    while (common < from.length()
        && common < to.length()
        && from.charAt(common) == to.charAt(common)) {
      common++;
    }
    if (common > 0 && Character.isHighSurrogate(from.charAt(common - 1))) {
      common--;
    }
    double low = number(from, common, byCode);
    double high = number(to, common, byCode);
    if (!(high > low)) {
      return null;
    }
    return a.substring(0, Math.min(common, a.length()))
        + text(low + (high - low) * fraction, byCode);
  }

  /**
   * The characters from a place on as digits of a number; what is not ASCII counts as the greatest
   * digit.
   */
  private static double number(String text, int from, boolean byCode) {
    int base = base(byCode);
    double value = 0;
    for (int i = from; i < from + DIGITS; i++) {
      value = value * base + (i < text.length() ? 1 + rank(text.charAt(i), byCode) : 0);
    }
    return value;
  }

  private static String text(double value, boolean byCode) {
    int base = base(byCode);
    double rest = Math.floor(value);
    char[] chars = new char[DIGITS];
    int length = DIGITS;
    for (int i = DIGITS - 1; i >= 0; i--) {
      int digit = (int) (rest % base);
      rest = Math.floor(rest / base);
      if (digit == 0) {
        length = i;
      } else {
        chars[i] = charAt(digit - 1, byCode);
      }
    }
    return new String(chars, 0, length);
  }

  private static int base(boolean byCode) {
    return (byCode ? 128 : NATURAL.length()) + 1;
  }

  private static int rank(char c, boolean byCode) {
    if (byCode) {
      return Math.min(c, 127);
    }
    int rank = NATURAL.indexOf(c);
    return rank < 0 ? NATURAL.length() - 1 : rank;
  }

  private static char charAt(int rank, boolean byCode) {
    return byCode ? (char) rank : NATURAL.charAt(rank);
  }

  private static String natural() {
    StringBuilder marks = new StringBuilder();
    for (char c = ' '; c < 127; c++) {
      if (!Character.isLetterOrDigit(c)) {
        marks.append(c);
      }
    }
    return marks + "0123456789abcdefghijklmnopqrstuvwxyz";
  }
}
