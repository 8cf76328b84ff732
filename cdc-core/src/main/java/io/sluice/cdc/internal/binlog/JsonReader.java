package io.sluice.cdc.internal.binlog;

/**
 * Walks through MySQL's binary JSON and hands what it finds to a {@link JsonText}.
 *
 * <p>Format: json_binary.h of the server, in short
 * https://dev.mysql.com/doc/dev/mysql-server/latest/json__binary_8h.html
 */
final class JsonReader {
  private static final int SMALL_OBJECT = 0;
  private static final int LARGE_OBJECT = 1;
  private static final int SMALL_ARRAY = 2;
  private static final int LARGE_ARRAY = 3;
  private static final int LITERAL = 4;
  private static final int INT16 = 5;
  private static final int UINT16 = 6;
  private static final int INT32 = 7;
  private static final int UINT32 = 8;
  private static final int INT64 = 9;
  private static final int UINT64 = 10;
  private static final int DOUBLE = 11;
  private static final int STRING = 12;
  private static final int OPAQUE = 15;

  private final byte[] bytes;
  private final JsonText text;

  JsonReader(byte[] bytes, JsonText text) {
    this.bytes = bytes;
    this.text = text;
  }

  /** Reads the whole document. */
  void document() {
    value(bytes[0], 1);
  }

  private void value(int type, int at) {
    switch (type) {
      case SMALL_OBJECT -> container(at, 2, true);
      case LARGE_OBJECT -> container(at, 4, true);
      case SMALL_ARRAY -> container(at, 2, false);
      case LARGE_ARRAY -> container(at, 4, false);
      case LITERAL -> literal(bytes[at]);
      case INT16 -> text.number((short) unsigned(at, 2));
      case UINT16 -> text.number(unsigned(at, 2));
      case INT32 -> text.number((int) unsigned(at, 4));
      case UINT32 -> text.number(unsigned(at, 4));
      case INT64 -> text.number(unsigned(at, 8));
      case UINT64 -> text.plain(Long.toUnsignedString(unsigned(at, 8)));
      case DOUBLE -> text.plain(MySqlDouble.text(Double.longBitsToDouble(unsigned(at, 8))));
      case STRING -> sized(at, (start, length) -> text.quoted(bytes, start, length));
      case OPAQUE -> sized(at + 1, (start, l) -> text.opaque(bytes[at] & 0xFF, bytes, start, l));
      default -> throw new IllegalArgumentException("type " + type + " in a JSON value");
    }
  }

  private void literal(int value) {
    text.plain(
        switch (value) {
          case 0 -> "null";
          case 1 -> "true";
          case 2 -> "false";
          default -> throw new IllegalArgumentException("literal " + value + " in a JSON value");
        });
  }

  /** Counts and offsets have {@code width} bytes; offsets count from the container's start. */
  private void container(int at, int width, boolean object) {
    int members = (int) unsigned(at, width);
    int keys = at + 2 * width;
    int keyEntry = width + 2;
    int values = object ? keys + members * keyEntry : keys;
    text.plain(object ? "{" : "[");
    for (int i = 0; i < members; i++) {
      if (i > 0) {
        text.plain(", ");
      }
      if (object) {
        int key = keys + i * keyEntry;
        text.quoted(bytes, at + (int) unsigned(key, width), (int) unsigned(key + width, 2));
        text.plain(": ");
      }
      int entry = values + i * (1 + width);
      int type = bytes[entry];
      boolean inlined = isInlined(type, width);
      value(type, inlined ? entry + 1 : at + (int) unsigned(entry + 1, width));
    }
    text.plain(object ? "}" : "]");
  }

  private static boolean isInlined(int type, int width) {
    return switch (type) {
      case LITERAL, INT16, UINT16 -> true;
      case INT32, UINT32 -> width == 4;
      default -> false;
    };
  }

  private interface Sized {
    void take(int start, int length);
  }

  /** A length of seven bits a byte, the least first, then so many bytes. */
  private void sized(int at, Sized taker) {
    int length = 0;
    int next = at;
    for (int shift = 0; ; shift += 7) {
      int b = bytes[next++];
      length |= (b & 0x7F) << shift;
      if (b >= 0) {
        break;
      }
    }
    taker.take(next, length);
  }

  private long unsigned(int at, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
