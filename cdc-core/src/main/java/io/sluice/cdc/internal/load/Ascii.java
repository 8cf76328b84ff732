package io.sluice.cdc.internal.load;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
  static long toLong(byte[] text) {
    int i = text[0] == '-' ? 1 : 0;
    long value = 0;
    for (; i < text.length; i++) {
      value = value * 10 + digit(text[i]);
    }
    return text[0] == '-' ? -value : value;
  }

  /** Two or more digits in the middle of a text. */
  static int toInt(byte[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + digit(text[i]);
    }
    return value;
  }

  /** A decimal number without its point, when it has no more than 18 digits. */
  static long unscaledLong(byte[] text, int scale) {
    int i = text[0] == '-' ? 1 : 0;
    long value = 0;
    int fraction = -1;
    for (; i < text.length; i++) {
      if (text[i] == '.') {
        fraction = 0;
      } else {
        value = value * 10 + digit(text[i]);
        fraction = fraction < 0 ? -1 : fraction + 1;
      }
    }
    for (int f = Math.max(fraction, 0); f < scale; f++) {
      value *= 10;
    }
    return text[0] == '-' ? -value : value;
  }

  /** A decimal number without its point as big-endian two's complement of the least length. */
  static byte[] unscaledBytes(byte[] text, int scale) {
    if (text.length <= SAFE_DIGITS && text.length > scale && text[text.length - 1 - scale] == '.') {
      return toBytes(unscaledLong(text, scale));
    }
    return new BigDecimal(string(text)).setScale(scale).unscaledValue().toByteArray();
  }

  /** A whole number as big-endian two's complement of the least length. */
  static byte[] wholeBytes(byte[] text) {
    return text.length <= SAFE_DIGITS
        ? toBytes(toLong(text))
        : new BigInteger(string(text)).toByteArray();
  }

  /** A decimal number without the zeros that ZEROFILL puts before it. */
  static byte[] withoutZeroFill(byte[] text) {
    int zeros = 0;
    while (zeros + 1 < text.length && text[zeros] == '0' && text[zeros + 1] != '.') {
      zeros++;
    }
    return zeros == 0 ? text : Arrays.copyOfRange(text, zeros, text.length);
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
  static long bits(byte[] bytes) {
    long value = 0;
    for (byte b : bytes) {
      value = (value << 8) | (b & 0xFF);
    }
    return value;
  }

  /** Eight bytes as an unsigned number in two's complement. */
  static byte[] bitsBytes(byte[] bytes) {
    return new BigInteger(1, bytes).toByteArray();
  }

  /** The double nearest to the number. */
  static double toDouble(byte[] text) {
    int i = text[0] == '-' ? 1 : 0;
    long mantissa = 0;
    int fraction = 0;
    boolean point = false;
    boolean plain = text.length - i <= SAFE_DIGITS;
    for (; plain && i < text.length; i++) {
      if (text[i] == '.') {
        point = true;
      } else if (text[i] >= '0' && text[i] <= '9') {
        mantissa = mantissa * 10 + (text[i] - '0');
        fraction += point ? 1 : 0;
      } else {
        plain = false;
      }
    }
    if (!plain || mantissa >= EXACT_MANTISSA || fraction >= POWERS.length) {
      return Double.parseDouble(string(text));
    }
    double value = mantissa / POWERS[fraction];
    return text[0] == '-' ? -value : value;
  }

  static String string(byte[] text) {
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static int digit(byte b) {
    int digit = b - '0';
    if (digit < 0 || digit > 9) {
      throw new IllegalArgumentException("byte " + b + " is not a digit");
    }
    return digit;
  }
}
