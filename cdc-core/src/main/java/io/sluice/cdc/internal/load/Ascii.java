package io.sluice.cdc.internal.load;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Reads numbers from the ASCII bytes of MySQL's text protocol. */
final class Ascii {
  /** Every number of so many digits fits a long. */
  private static final int SAFE_DIGITS = 18;

  /**
   * Mantissas below this and powers of ten up to 22 are exact doubles, so one division rounds
   * right.
   */
  private static final long EXACT_MANTISSA = 1L << 53;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Ascii() {}

  /** A whole number that fits a long, with an optional sign. */
  static long toLong(Cell text) {
    boolean minus = text.at(0) == '-';
    long value = digits(text, minus ? 1 : 0, text.length());
    return minus ? -value : value;
  }

  /** Two or more digits in the middle of a text. */
  static int toInt(Cell text, int from, int to) {
    return (int) digits(text, from, to);
  }

  private static long digits(Cell text, int from, int to) {
    long value = 0;
    int bad = 0; // negative as soon as one byte is no digit
    for (int i = from; i < to; i++) {
      int digit = text.at(i) - '0';
      bad |= digit | 9 - digit;
      value = value * 10 + digit;
    }
    if (bad < 0) {
      throw new IllegalArgumentException("bytes " + from + " to " + to + " are not all digits");
    }
    return value;
  }

  /** A decimal number without its point, when it has no more than 18 digits. */
  static long unscaledLong(Cell text, int scale) {
    int i = text.at(0) == '-' ? 1 : 0;
    long value = 0;
    int fraction = -1;
    for (; i < text.length(); i++) {
      if (text.at(i) == '.') {
        fraction = 0;
      } else {
        value = value * 10 + digit(text.at(i));
        fraction = fraction < 0 ? -1 : fraction + 1;
      }
    }
    for (int f = Math.max(fraction, 0); f < scale; f++) {
      value *= 10;
    }
    return text.at(0) == '-' ? -value : value;
  }

  /** A decimal number without its point as big-endian two's complement of the least length. */
  static byte[] unscaledBytes(Cell text, int scale) {
    if (text.length() <= SAFE_DIGITS
        && text.length() > scale
        && text.at(text.length() - 1 - scale) == '.') {
      return toBytes(unscaledLong(text, scale));
    }
    return new BigDecimal(text.text()).setScale(scale).unscaledValue().toByteArray();
  }

  /** A whole number as big-endian two's complement of the least length. */
  static byte[] wholeBytes(Cell text) {
    return text.length() <= SAFE_DIGITS
        ? toBytes(toLong(text))
        : new BigInteger(text.text()).toByteArray();
  }

  /** A decimal number without the zeros that ZEROFILL puts before it. */
  static byte[] withoutZeroFill(Cell text) {
    int zeros = 0;
    while (zeros + 1 < text.length() && text.at(zeros) == '0' && text.at(zeros + 1) != '.') {
      zeros++;
    }
    byte[] all = text.owned();
    return zeros == 0 ? all : Arrays.copyOfRange(all, zeros, all.length);
  }

  private static byte[] toBytes(long value) {
    int length = 1;
    while (length < 8 && value != (value << (64 - 8 * length)) >> (64 - 8 * length)) {
      length++;
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >> (8 * (length - 1 - i)));
    }
    return bytes;
  }

  /** Up to eight bytes as an unsigned number. */
  static long bits(Cell bytes) {
    long value = 0;
    for (int i = 0; i < bytes.length(); i++) {
      value = (value << 8) | (bytes.at(i) & 0xFF);
    }
    return value;
  }

  /** Eight bytes as an unsigned number in two's complement. */
  static byte[] bitsBytes(Cell bytes) {
    return new BigInteger(1, bytes.owned()).toByteArray();
  }

  /** The double nearest to the number. */
  static double toDouble(Cell text) {
    int i = text.at(0) == '-' ? 1 : 0;
    long mantissa = 0;
    int fraction = 0;
    boolean point = false;
    boolean plain = text.length() - i <= SAFE_DIGITS;
    for (; plain && i < text.length(); i++) {
      if (text.at(i) == '.') {
        point = true;
      } else if (text.at(i) >= '0' && text.at(i) <= '9') {
        mantissa = mantissa * 10 + (text.at(i) - '0');
        fraction += point ? 1 : 0;
      } else {
        plain = false;
      }
    }
    if (!plain || mantissa >= EXACT_MANTISSA || fraction >= POWERS.length) {
      return Double.parseDouble(text.text());
    }
    double value = mantissa / POWERS[fraction];
    return text.at(0) == '-' ? -value : value;
  }

  private static int digit(byte b) {
    int digit = b - '0';
    if (digit < 0 || digit > 9) {
      throw new IllegalArgumentException("byte " + b + " is not a digit");
    }
    return digit;
  }
}
