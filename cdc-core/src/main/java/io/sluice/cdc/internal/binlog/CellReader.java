package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.deserialization.AbstractRowsEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Reads one value of a row image, in forms that {@link RowDecoder} turns into vectors without a
 * detour.
 *
 * <p>The forms: {@link Long} for everything that fits (integers with their stored sign, bits, enum
 * indexes, set masks, decimals of up to 18 digits unscaled, dates as days, times and timestamps as
 * microseconds), {@link Float}, {@link Double}, {@link BigDecimal} for larger decimals, {@code
 * byte[]} for text, bytes, JSON and geometry, {@link InvalidDate} for dates that no calendar has.
 *
 * <p>Formats: MySQL's "Row event" storage formats,
 * https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_replication_binlog_event.html
 */
final class CellReader {
  private static final long[] POWERS_OF_TEN = powers();
  private static final int[] DIGIT_BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  private static final long MICROS_A_DAY = 86_400_000_000L;

  private CellReader() {}

  static Serializable read(ColumnType type, int meta, int length, ByteArrayInputStream in)
      throws IOException {
    return switch (type) {
      case TINY -> (long) (byte) in.readInteger(1);
      case SHORT -> (long) (short) in.readInteger(2);
      case INT24 -> (long) ((in.readInteger(3) << 8) >> 8);
      case LONG -> (long) in.readInteger(4);
      case LONGLONG -> in.readLong(8);
      case FLOAT -> Float.intBitsToFloat(in.readInteger(4));
      case DOUBLE -> Double.longBitsToDouble(in.readLong(8));
      case NEWDECIMAL -> decimal(meta, in);
      case BIT -> bigEndian(in, ((meta >> 8) * 8 + (meta & 0xFF) + 7) / 8);
      case YEAR -> year(in.readInteger(1));
      case DATE -> date(in.readInteger(3));
      case TIME_V2 -> timeV2(meta, in);
      case DATETIME_V2 -> datetimeV2(meta, in);
      case TIMESTAMP_V2 -> timestamp(bigEndian(in, 4), fraction(meta, in), meta);
      case TIME -> oldTime(in.readInteger(3));
      case DATETIME -> oldDatetime(in.readLong(8));
      case TIMESTAMP -> timestamp(in.readLong(4), 0, 0);
      case STRING -> in.read(in.readInteger(length < 256 ? 1 : 2));
      case VARCHAR, VAR_STRING -> in.read(in.readInteger(meta < 256 ? 1 : 2));
      case BLOB, GEOMETRY, JSON, VECTOR -> in.read(in.readInteger(meta));
      case ENUM -> (long) in.readInteger(length);
      case SET -> in.readLong(length);
      default -> throw new IOException("the binlog holds a value of the unknown type " + type);
    };
  }

  private static Serializable decimal(int meta, ByteArrayInputStream in) throws IOException {
    int precision = meta & 0xFF;
    int scale = meta >> 8;
    int whole = precision - scale;
    int bytes = whole / 9 * 4 + DIGIT_BYTES[whole % 9] + scale / 9 * 4 + DIGIT_BYTES[scale % 9];
    byte[] raw = in.read(bytes);
    if (precision > 18) {
      return AbstractRowsEventDataDeserializer.asBigDecimal(precision, scale, raw);
    }
    return smallDecimal(raw, whole, scale);
  }

  /**
   * Groups of nine digits in four bytes each, the odd digits first before the point and last after
   * it; negative ones inverted.
   */
  private static long smallDecimal(byte[] raw, int whole, int scale) {
    boolean negative = (raw[0] & 0x80) == 0;
    raw[0] ^= (byte) 0x80;
    int mask = negative ? 0xFF : 0;
    long value = 0;
    int at = 0;
    int first = whole % 9;
    if (first > 0) {
      value = group(raw, at, DIGIT_BYTES[first], mask);
      at += DIGIT_BYTES[first];
    }
    for (int i = 0; i < whole / 9 + scale / 9; i++) {
      value = value * 1_000_000_000L + group(raw, at, 4, mask);
      at += 4;
    }
    int last = scale % 9;
    if (last > 0) {
      value = value * POWERS_OF_TEN[last] + group(raw, at, DIGIT_BYTES[last], mask);
    }
    return negative ? -value : value;
  }

  private static long group(byte[] raw, int at, int length, int mask) {
    long value = 0;
    for (int i = at; i < at + length; i++) {
      value = (value << 8) | ((raw[i] ^ mask) & 0xFF);
    }
    return value;
  }

  private static long year(int stored) {
    return stored == 0 ? 0 : 1900L + stored;
  }

  private static Serializable date(int packed) {
    return day(packed >> 9, (packed >> 5) & 15, packed & 31);
  }

  private static Serializable day(int year, int month, int day) {
    if (isDate(year, month, day)) {
      return LocalDate.of(year, month, day).toEpochDay();
    }
    return InvalidDate.date(year, month, day);
  }

  private static boolean isDate(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && (day <= 28 || day <= LocalDate.of(year, month, 1).lengthOfMonth());
  }

  private static long timeV2(int meta, ByteArrayInputStream in) throws IOException {
    int fractionBytes = (meta + 1) / 2;
    int bits = 24 + fractionBytes * 8;
    // Stored with an offset so that bytes sort: subtracting it gives hms << fraction bits, two's
    // complement over all.
    long packed = bigEndian(in, 3 + fractionBytes) - (1L << (bits - 1));
    boolean negative = packed < 0;
    long size = Math.abs(packed);
    long fraction = size & ((1L << (fractionBytes * 8)) - 1);
    long hms = size >> (fractionBytes * 8);
    long seconds = (hms >> 12) * 3600 + ((hms >> 6) & 63) * 60 + (hms & 63);
    long micros = seconds * 1_000_000 + scaleFraction(fraction, fractionBytes);
    return negative ? -micros : micros;
  }

  private static Serializable datetimeV2(int meta, ByteArrayInputStream in) throws IOException {
    long packed = bigEndian(in, 5) & 0x7FFFFFFFFFL;
    long micros = fraction(meta, in);
    int yearMonth = (int) (packed >> 22);
    int hour = (int) (packed >> 12) & 31;
    int minute = (int) (packed >> 6) & 63;
    int second = (int) packed & 63;
    return datetime(
        yearMonth / 13,
        yearMonth % 13,
        (int) (packed >> 17) & 31,
        hour,
        minute,
        second,
        micros,
        meta);
  }

  private static Serializable datetime(
      int year, int month, int day, int hour, int minute, int second, long micros, int digits) {
    if (!isDate(year, month, day)) {
      return InvalidDate.datetime(year, month, day, hour, minute, second, micros, digits);
    }
    long seconds = hour * 3600L + minute * 60L + second;
    return LocalDate.of(year, month, day).toEpochDay() * MICROS_A_DAY
        + seconds * 1_000_000
        + micros;
  }

  private static Serializable timestamp(long seconds, long micros, int digits) {
    if (seconds == 0 && micros == 0) {
      return InvalidDate.datetime(0, 0, 0, 0, 0, 0, 0, digits);
    }
    return seconds * 1_000_000 + micros;
  }

  private static long oldTime(int raw) {
    int packed = (raw << 8) >> 8;
    int size = Math.abs(packed);
    long seconds = size / 10_000 * 3600L + size / 100 % 100 * 60L + size % 100;
    return Integer.signum(packed) * seconds * 1_000_000;
  }

  private static Serializable oldDatetime(long packed) {
    int date = (int) (packed / 1_000_000);
    int time = (int) (packed % 1_000_000);
    return datetime(
        date / 10_000,
        date / 100 % 100,
        date % 100,
        time / 10_000,
        time / 100 % 100,
        time % 100,
        0,
        0);
  }

  /** Fractional seconds after the value, in microseconds. */
  private static long fraction(int digits, ByteArrayInputStream in) throws IOException {
    int bytes = (digits + 1) / 2;
    return bytes == 0 ? 0 : scaleFraction(bigEndian(in, bytes), bytes);
  }

  /** One byte holds hundredths, two ten-thousandths, three millionths. */
  private static long scaleFraction(long stored, int bytes) {
    return switch (bytes) {
      case 1 -> stored * 10_000;
      case 2 -> stored * 100;
      default -> stored;
    };
  }

  private static long bigEndian(ByteArrayInputStream in, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (in.readInteger(1) & 0xFF);
    }
    return value;
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
