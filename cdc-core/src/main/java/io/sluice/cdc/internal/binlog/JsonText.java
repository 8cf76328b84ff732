package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonBinary;
import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonFormatter;
import io.sluice.cdc.error.UnsupportedColumnException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Writes MySQL's binary JSON as the text that MySQL itself prints for it, so that load and stream
 * agree.
 */
final class JsonText implements JsonFormatter {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /** The text as UTF-8. */
  static byte[] of(byte[] binary) {
    if (binary.length == 0) {
      return NULL; // MySQL prints an empty document, left by a non-strict ALTER, as the JSON null
    }
    JsonText writer = new JsonText();
    try {
      JsonBinary.parse(binary, writer);
    } catch (IOException e) {
      throw new UnsupportedColumnException(
          "a JSON value in the binlog cannot be read", "Report this with the server's version", e);
    }
    return writer.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void beginObject(int members) {
    text.append('{');
  }

  @Override
  public void beginArray(int elements) {
    text.append('[');
  }

  @Override
  public void endObject() {
    text.append('}');
  }

  @Override
  public void endArray() {
    text.append(']');
  }

  @Override
  public void name(String name) {
    quote(name);
    text.append(": ");
  }

  @Override
  public void value(String value) {
    quote(value);
  }

  @Override
  public void value(int value) {
    text.append(value);
  }

  @Override
  public void value(long value) {
    text.append(value);
  }

  @Override
  public void value(double value) {
    text.append(MySqlDouble.text(value));
  }

  @Override
  public void value(BigInteger value) {
    text.append(value);
  }

  @Override
  public void value(BigDecimal value) {
    text.append(value.toPlainString());
  }

  @Override
  public void value(boolean value) {
    text.append(value);
  }

  @Override
  public void valueNull() {
    text.append("null");
  }

  @Override
  public void valueYear(int year) {
    text.append(year);
  }

  @Override
  public void valueDate(int year, int month, int day) {
    text.append(String.format(Locale.ROOT, "\"%04d-%02d-%02d\"", year, month, day));
  }

  @Override
  public void valueDatetime(
      int year, int month, int day, int hour, int minute, int second, int micros) {
    text.append(
        String.format(
            Locale.ROOT,
            "\"%04d-%02d-%02d %02d:%02d:%02d.%06d\"",
            year,
            month,
            day,
            hour,
            minute,
            second,
            micros));
  }

  @Override
  public void valueTime(int hour, int minute, int second, int micros) {
    boolean negative = hour < 0 || minute < 0 || second < 0 || micros < 0;
    text.append(
        String.format(
            Locale.ROOT,
            "\"%s%02d:%02d:%02d.%06d\"",
            negative ? "-" : "",
            Math.abs(hour),
            Math.abs(minute),
            Math.abs(second),
            Math.abs(micros)));
  }

  @Override
  public void valueTimestamp(long seconds, int micros) {
    text.append(seconds).append('.').append(String.format(Locale.ROOT, "%06d", micros));
  }

  @Override
  public void valueOpaque(ColumnType type, byte[] value) {
    text.append("\"base64:type")
        .append(type.getCode())
        .append(':')
        .append(Base64.getEncoder().encodeToString(value))
        .append('"');
  }

  @Override
  public void nextEntry() {
    text.append(", ");
  }

  /** Escapes what MySQL escapes: quote, backslash, and the control characters below space. */
  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
