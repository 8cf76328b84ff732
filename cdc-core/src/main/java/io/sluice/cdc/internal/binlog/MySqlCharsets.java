package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.mysql.Sql;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Turns text in MySQL's character sets into UTF-8, exactly as the server does. What the codes of a
 * set mean is asked of the server when a text first needs it, and remembered. Used by one thread.
 *
 * <p>Names: https://dev.mysql.com/doc/refman/8.0/en/charset-charsets.html
 */
final class MySqlCharsets {
  private final MySqlConnections server;
  private final Map<String, CodeTable> tables = new HashMap<>();
  private final Map<Integer, String> byCollation = new HashMap<>();

  MySqlCharsets(MySqlConnections server) {
    this.server = server;
  }

  /** How bytes of the character set become UTF-8. */
  UnaryOperator<byte[]> toUtf8(String charset) {
    return switch (charset) {
      case "utf8mb4", "utf8mb3", "utf8", "binary" -> bytes -> bytes;
      case "ucs2", "utf16" -> byJava(StandardCharsets.UTF_16BE);
      case "utf16le" -> byJava(StandardCharsets.UTF_16LE);
      case "utf32" -> byJava(Charset.forName("UTF-32BE"));
      case "swe7" -> bytes -> table(charset).toUtf8(bytes); // the only other without ASCII
      default -> bytes -> isAscii(bytes) ? bytes : table(charset).toUtf8(bytes);
    };
  }

  /**
   * The text of bytes in the character set of a collation.
   *
   * @param collation its number; one that the server does not know counts as UTF-8
   */
  String text(byte[] bytes, int collation) {
    return new String(
        isAscii(bytes) ? bytes : toUtf8(charsetOf(collation)).apply(bytes), StandardCharsets.UTF_8);
  }

  private String charsetOf(int collation) {
    if (byCollation.isEmpty()) {
      ask(
          "reading the server's collations",
          c ->
              Sql.query(
                  c,
                  "SELECT ID, CHARACTER_SET_NAME FROM information_schema.COLLATIONS",
                  r -> String.valueOf(byCollation.put(r.getInt(1), r.getString(2)))));
    }
    return byCollation.getOrDefault(collation, "utf8mb4");
  }

  private CodeTable table(String charset) {
    CodeTable table = tables.get(charset);
    if (table == null) {
      table = ask("reading character set " + charset, c -> CodeTable.read(c, charset));
      tables.put(charset, table);
    }
    return table;
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(String doing, Question<T> question) {
    try (Connection connection = server.open()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw SourceFailures.during(doing, e);
    }
  }

  private static UnaryOperator<byte[]> byJava(Charset charset) {
    return bytes -> new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
