package io.sluice.cdc.internal.binlog;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns text in one of MySQL's character sets into UTF-8.
 *
 * <p>Names: https://dev.mysql.com/doc/refman/8.0/en/charset-charsets.html
 */
final class MySqlCharsets {
  private static final Map<String, String> JAVA_NAMES =
      Map.ofEntries(
          Map.entry("big5", "Big5"),
          Map.entry("cp1250", "windows-1250"),
          Map.entry("cp1251", "windows-1251"),
          Map.entry("cp1256", "windows-1256"),
          Map.entry("cp1257", "windows-1257"),
          Map.entry("cp850", "IBM850"),
          Map.entry("cp852", "IBM852"),
          Map.entry("cp866", "IBM866"),
          Map.entry("cp932", "windows-31j"),
          Map.entry("eucjpms", "x-eucJP-Open"),
          Map.entry("euckr", "EUC-KR"),
          Map.entry("gb18030", "GB18030"),
          Map.entry("gb2312", "GB2312"),
          Map.entry("gbk", "GBK"),
          Map.entry("greek", "ISO-8859-7"),
          Map.entry("hebrew", "ISO-8859-8"),
          Map.entry("koi8r", "KOI8-R"),
          Map.entry("koi8u", "KOI8-U"),
          Map.entry("latin2", "ISO-8859-2"),
          Map.entry("latin5", "ISO-8859-9"),
          Map.entry("latin7", "ISO-8859-13"),
          Map.entry("macce", "x-MacCentralEurope"),
          Map.entry("macroman", "x-MacRoman"),
          Map.entry("sjis", "Shift_JIS"),
          Map.entry("tis620", "TIS-620"),
          Map.entry("ucs2", "UTF-16BE"),
          Map.entry("ujis", "EUC-JP"),
          Map.entry("utf16", "UTF-16BE"),
          Map.entry("utf16le", "UTF-16LE"),
          Map.entry("utf32", "UTF-32BE"));

  private MySqlCharsets() {}

  /** How bytes of the character set become UTF-8, or null when the set is not known. */
  static @Nullable UnaryOperator<byte[]> toUtf8(String charset) {
    switch (charset) {
      case "utf8mb4", "utf8mb3", "utf8", "ascii", "binary" -> {
        return bytes -> bytes;
      }
      case "latin1" -> {
        return MySqlCharsets::latin1;
      }
      default -> {
        String name = JAVA_NAMES.get(charset);
        if (name == null || !Charset.isSupported(name)) {
          return null;
        }
        Charset java = Charset.forName(name);
        return bytes -> new String(bytes, java).getBytes(StandardCharsets.UTF_8);
      }
    }
  }

  /**
   * MySQL's latin1 is Windows-1252, with the five codes that Windows leaves open taken as control
   * characters.
   */
  private static byte[] latin1(byte[] bytes) {
    boolean ascii = true;
    for (byte b : bytes) {
      ascii &= b >= 0;
    }
    if (ascii) {
      return bytes;
    }
    char[] text = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[i] = Latin1.CHARS[bytes[i] & 0xFF];
    }
    return new String(text).getBytes(StandardCharsets.UTF_8);
  }

  private static final class Latin1 {
    static final char[] CHARS = chars();

    private static char[] chars() {
      Charset windows = Charset.forName("windows-1252");
      char[] chars = new char[256];
      for (int i = 0; i < 256; i++) {
        char c = new String(new byte[] {(byte) i}, windows).charAt(0);
        chars[i] = c == '\uFFFD' ? (char) i : c;
      }
      return chars;
    }
  }
}
