package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.deserialization.AbstractRowsEventDataDeserializer;
import io.sluice.cdc.error.UnsupportedColumnException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes MySQL's binary JSON as the text that MySQL itself prints for it, so that load and stream
 * agree.
 */
final class JsonText {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** MySQL's codes of the types that JSON has no form for and that it still prints. */
  private static final int TIMESTAMP = 7;

  private static final int DATE = 10;
  private static final int TIME = 11;
  private static final int DATETIME = 12;
  private static final int DECIMAL = 246;

  /** MySQL breaks the lines of what it encodes, and then escapes the breaks as it does all. */
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\n'});

  private final ByteArrayOutputStream text;

  private JsonText(int size) {
    this.text = new ByteArrayOutputStream(size);
  }

  /** The text as UTF-8. */
  static byte[] of(byte[] binary) {
    if (binary.length == 0) {
      return NULL; // MySQL prints an empty document, left by a non-strict ALTER, as the JSON null
    }
    JsonText writer = new JsonText(binary.length + 16);
    try {
      new JsonReader(binary, writer).document();
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new UnsupportedColumnException(
          "a JSON value in the binlog cannot be read", "Report this with the server's version", e);
    }
    return writer.text.toByteArray();
  }

  void plain(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      text.write(ascii.charAt(i));
    }
  }

  void number(long value) {
    plain(Long.toString(value));
  }

  /** Escapes what MySQL escapes: quote, backslash, and the control characters below space. */
  void quoted(byte[] bytes, int start, int length) {
    text.write('"');
    int plainFrom = start;
    for (int i = start; i < start + length; i++) {
      byte b = bytes[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        text.write(bytes, plainFrom, i - plainFrom);
        escape(b);
        plainFrom = i + 1;
      }
    }
    text.write(bytes, plainFrom, start + length - plainFrom);
    text.write('"');
  }

  private void escape(byte b) {
    switch (b) {
      case '\b' -> plain("\\b");
      case '\f' -> plain("\\f");
      case '\n' -> plain("\\n");
      case '\r' -> plain("\\r");
      case '\t' -> plain("\\t");
      case '"' -> plain("\\\"");
      case '\\' -> plain("\\\\");
      default -> plain("\\u00" + HexFormat.of().toHexDigits(b));
    }
  }

  /** A value of another MySQL type. */
  void opaque(int type, byte[] bytes, int start, int length) {
    switch (type) {
      case DECIMAL -> decimal(Arrays.copyOfRange(bytes, start, start + length));
      case DATE -> date(packed(bytes, start));
      case DATETIME, TIMESTAMP -> dateTime(packed(bytes, start));
      case TIME -> time(packed(bytes, start));
      default -> {
        byte[] raw = Arrays.copyOfRange(bytes, start, start + length);
        plain(
            "\"base64:type" + type + ":" + BASE64.encodeToString(raw).replace("\n", "\\n") + "\"");
      }
    }
  }

  private void decimal(byte[] value) {
    byte[] digits = Arrays.copyOfRange(value, 2, value.length);
    plain(
        AbstractRowsEventDataDeserializer.asBigDecimal(value[0], value[1], digits).toPlainString());
  }

  private static long packed(byte[] bytes, int start) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = (value << 8) | (bytes[start + i] & 0xFF);
    }
    return value;
  }

  private void date(long packed) {
    plain("\"" + ymd(packed) + "\"");
  }

  private void dateTime(long packed) {
    plain("\"" + ymd(packed) + " " + hms((packed >> 24) & 0x1FFFF, packed) + "\"");
  }

  private void time(long packed) {
    long size = Math.abs(packed);
    plain("\"" + (packed < 0 ? "-" : "") + hms(size >> 24, size) + "\"");
  }

  private static String ymd(long packed) {
    long day = packed >> 41;
    long month = day >> 5;
    return String.format(Locale.ROOT, "%04d-%02d-%02d", month / 13, month % 13, day & 31);
  }

  private static String hms(long hms, long packed) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%06d",
        hms >> 12,
        (hms >> 6) & 63,
        hms & 63,
        packed & 0xFFFFFF);
  }
}
