package io.sluice.cdc.testkit.internal.check;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values for people. */
final class RowWords {
  private static final int LONGEST = 80;

  private RowWords() {}

  /** Text where the bytes are text, else hexadecimal. */
  static String value(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "NULL";
    }
    String text;
    try {
      text = "'" + StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)) + "'";
    } catch (CharacterCodingException e) {
      text = "0x" + HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
    }
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… (" + bytes.length + " bytes)";
  }

  /** {@code id='5'}, of a row that has the key's columns side by side from that column on. */
  static String key(TablePlan plan, ResultSet row, int first) throws SQLException {
    StringJoiner words = new StringJoiner(", ");
    for (int i = 0; i < plan.keys().size(); i++) {
      words.add(
          plan.columns().get(plan.keys().get(i)).name() + "=" + value(row.getBytes(first + i)));
    }
    return words.toString();
  }

  /** The same, of a row that has been read. */
  static String key(TablePlan plan, byte[] @Nullable [] row) {
    StringJoiner words = new StringJoiner(", ");
    plan.keys().forEach(k -> words.add(plan.columns().get(k).name() + "=" + value(row[k])));
    return words.toString();
  }

  /** Every column of a row. */
  static String all(TablePlan plan, byte[] @Nullable [] row) {
    StringJoiner words = new StringJoiner(", ");
    for (int i = 0; i < plan.width(); i++) {
      words.add(plan.columns().get(i).name() + "=" + value(row[i]));
    }
    return words.toString();
  }
}
