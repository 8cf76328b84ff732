package io.sluice.cdc.s3.internal.key;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Database and table names as one part of a key. Letters and digits of every script, {@code -},
 * {@code _} and {@code .} stand for themselves, but {@code _} and {@code .} not at the start, where
 * readers take them for hidden; every other character is {@code %XX} for each of its UTF-8 bytes.
 * Two names never become the same part.
 */
public final class Names {
  private Names() {}

  /** The part of a key for a name. */
  public static String escape(String name) {
    StringBuilder out = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      boolean plain = Character.isLetterOrDigit(c) || c == '-' || (i > 0 && (c == '_' || c == '.'));
      if (plain) {
        out.appendCodePoint(c);
      } else {
        percent(c, out);
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  /** The name that a part of a key stands for. */
  public static String unescape(String part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < part.length(); ) {
      int c = part.codePointAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(part.substring(i + 1, i + 3), 16));
        i += 3;
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void percent(int codePoint, StringBuilder out) {
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      out.append('%');
      out.append(Character.toUpperCase(Character.forDigit((b >> 4) & 0xf, 16)));
      out.append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
    }
  }
}
