package io.sluice.cdc.examples;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Rows as texts that are equal exactly where MySQL's values are, whichever engine returned them.
 */
final class QueryValues {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private QueryValues() {}

  /** All rows, sorted: no engine promises an order. */
  static List<String> of(ResultSet rows) throws SQLException {
    List<String> all = new ArrayList<>();
    int width = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= width; i++) {
        row.add(value(rows, i));
      }
      all.add(String.join("|", row));
    }
    return all.stream().sorted().toList();
  }

  private static String value(ResultSet rows, int column) throws SQLException {
    String type = rows.getMetaData().getColumnTypeName(column);
    if (rows.getObject(column) == null) {
      return "NULL";
    }
    return switch (type) {
      case "FLOAT" -> of((double) rows.getFloat(column));
      case "TIMESTAMP" -> of(rows.getObject(column, LocalDateTime.class));
      case "TIMESTAMP WITH TIME ZONE" -> of(rows.getObject(column, OffsetDateTime.class));
      default -> of(rows.getObject(column));
    };
  }

  /** One value. A FLOAT is widened, as MySQL does where it is multiplied. */
  private static String of(Object value) throws SQLException {
    if (value instanceof Double || value instanceof Float) {
      return "~" + ((Number) value).doubleValue();
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof Blob blob) {
      return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    } else if (value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof Number) {
      BigDecimal number = new BigDecimal(value.toString());
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    } else if (value instanceof LocalDateTime time) {
      return TIME.format(time);
    } else if (value instanceof OffsetDateTime time) {
      return TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    } else if (value instanceof Timestamp time) {
      return TIME.format(time.toLocalDateTime());
    } else if (value instanceof Date day) {
      return day.toLocalDate().toString();
    }
    return value.toString();
  }
}
