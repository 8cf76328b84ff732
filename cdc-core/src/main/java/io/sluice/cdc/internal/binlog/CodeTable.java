package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.internal.mysql.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the codes of a character set mean, as the server itself converts them: Java's sets of the
 * same names differ from MySQL's in hundreds of codes, and some are missing.
 *
 * <p>No code is longer than two bytes, but for the third set of EUC, which {@code 8F} introduces,
 * and the four bytes of GB 18030.
 */
final class CodeTable {
  private static final int NONE = -1;
  private static final int CODES = 1 << 16;
  private static final int EUC_THIRD_SET = 0x8F;

  /** GB 18030 in four bytes: up to here by the server, from there on in a row from U+10000. */
  private static final int GB_IN_BMP = 4 * 10 * 126 * 10;

  private static final int GB_BEYOND_BMP = 0x90;

  private final int[] singles;
  private final int[] pairs;
  private final int[] triples;
  private final int[] fours;

  private CodeTable(int[] singles, int[] pairs, int[] triples, int[] fours) {
    this.singles = singles;
    this.pairs = pairs;
    this.triples = triples;
    this.fours = fours;
  }

  /** Asks the server; takes a fraction of a second. */
  static CodeTable read(Connection server, String charset) throws SQLException {
    if (!charset.matches("[a-z0-9]+")) {
      throw new IllegalArgumentException("'" + charset + "' is not a character set");
    }
    String longest =
        Sql.first(
            server,
            "SELECT MAXLEN FROM information_schema.CHARACTER_SETS WHERE CHARACTER_SET_NAME = ?",
            charset);
    int bytes = longest == null ? 1 : Integer.parseInt(longest);
    return new CodeTable(
        ask(server, charset, "LPAD(HEX(n), 2, '0')", 1 << 8),
        bytes > 1 ? ask(server, charset, "LPAD(HEX(n), 4, '0')", CODES) : new int[0],
        bytes == 3 ? ask(server, charset, "CONCAT('8F', LPAD(HEX(n), 4, '0'))", CODES) : new int[0],
        bytes == 4
            ? ask(
                server,
                charset,
                "CONCAT(HEX(129 + n DIV 12600), HEX(48 + n DIV 1260 % 10), HEX(129 + n DIV 10 % 126), HEX(48 + n % 10))",
                GB_IN_BMP)
            : new int[0]);
  }

  /** The code points of those codes that are one character. */
  private static int[] ask(Connection server, String charset, String hex, int count)
      throws SQLException {
    String digit =
        "(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5"
            + " UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9 UNION SELECT 10"
            + " UNION SELECT 11 UNION SELECT 12 UNION SELECT 13 UNION SELECT 14 UNION SELECT 15)";
    String numbers =
        String.format(
            Locale.ROOT,
            "(SELECT a.d * 4096 + b.d * 256 + c.d * 16 + e.d AS n FROM %1$s a, %1$s b, %1$s c, %1$s e) numbers",
            digit);
    String character = "CONVERT(UNHEX(" + hex + ") USING " + charset + ")";
    int[] points = new int[count];
    Arrays.fill(points, NONE);
    Sql.query(
        server,
        "SELECT n, HEX(CONVERT("
            + character
            + " USING utf32)) FROM "
            + numbers
            + " WHERE n < "
            + count
            + " AND CHAR_LENGTH("
            + character
            + ") = 1 AND HEX("
            + character
            + ") = "
            + hex,
        r -> {
          String point = r.getString(2); // empty for half a character
          return points[r.getInt(1)] = point.isEmpty() ? NONE : Integer.parseUnsignedInt(point, 16);
        });
    return points;
  }

  /** The text in UTF-8; a byte that begins no character becomes a question mark, as in MySQL. */
  byte[] toUtf8(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      int b = bytes[i] & 0xFF;
      int point = NONE;
      int length = 1;
      if (b >= 0x80 && pairs.length > 0) {
        length = lengthAt(bytes, i);
        point = length > 1 ? pointAt(bytes, i, length) : NONE;
      }
      if (point == NONE) {
        length = 1;
        point = singles[b];
      }
      text.appendCodePoint(point == NONE ? '?' : point);
      i += length;
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private int lengthAt(byte[] bytes, int i) {
    int left = bytes.length - i;
    if (triples.length > 0 && (bytes[i] & 0xFF) == EUC_THIRD_SET && left > 2) {
      return 3;
    }
    if (fours.length > 0 && left > 3 && bytes[i + 1] >= '0' && bytes[i + 1] <= '9') {
      return 4;
    }
    return left > 1 ? 2 : 1;
  }

  private int pointAt(byte[] bytes, int i, int length) {
    int second = bytes[i + 1] & 0xFF;
    return switch (length) {
      case 2 -> pairs[(bytes[i] & 0xFF) << 8 | second];
      case 3 -> triples[second << 8 | (bytes[i + 2] & 0xFF)];
      default -> four(bytes[i] & 0xFF, second, bytes[i + 2] & 0xFF, bytes[i + 3] & 0xFF);
    };
  }

  private int four(int a, int b, int c, int d) {
    if (a < 0x81 || c < 0x81 || c > 0xFE || d < '0' || d > '9') {
      return NONE;
    }
    boolean beyond = a >= GB_BEYOND_BMP;
    int n =
        (((a - (beyond ? GB_BEYOND_BMP : 0x81)) * 10 + b - '0') * 126 + c - 0x81) * 10 + d - '0';
    if (beyond) {
      return n + 0x10000 <= Character.MAX_CODE_POINT ? n + 0x10000 : '?';
    }
    return n < fours.length ? fours[n] : '?';
  }
}
