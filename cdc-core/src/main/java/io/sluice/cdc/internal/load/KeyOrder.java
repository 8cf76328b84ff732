package io.sluice.cdc.internal.load;

import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.mysql.Sql;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Puts keys in the order in which the server has them. Numbers, times and bytes have one order
 * everywhere; text is compared by the server in the column's collation.
 */
final class KeyOrder implements Comparator<List<String>> {
  private static final Pattern SERVER_NAME = Pattern.compile("[A-Za-z0-9_]+");

  private final List<KeyColumn> columns;
  private final Supplier<Connection> server;

  KeyOrder(List<KeyColumn> columns, Supplier<Connection> server) {
    this.columns = List.copyOf(columns);
    this.server = server;
  }

  @Override
  public int compare(List<String> a, List<String> b) {
    for (int i = 0; i < columns.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        int order = compare(columns.get(i), a.get(i), b.get(i));
        if (order != 0) {
          return order;
        }
      }
    }
    return 0;
  }

  private int compare(KeyColumn column, String a, String b) {
    return switch (column.kind()) {
      case NUMBER, YEAR -> new BigDecimal(a).compareTo(new BigDecimal(b));
      case ENUM -> Integer.compare(column.ordinal(a), column.ordinal(b));
      case DATE -> Long.compare(TimeText.ofDate(a), TimeText.ofDate(b));
      case DATETIME -> Long.compare(TimeText.ofDateTime(a), TimeText.ofDateTime(b));
      case TIME -> Long.compare(TimeText.ofTime(a), TimeText.ofTime(b));
      case BINARY -> a.compareTo(b);
      case TEXT -> byServer(column, a, b);
    };
  }

  private int byServer(KeyColumn column, String a, String b) {
    String sql = "SELECT STRCMP(" + text(column, a) + ", " + text(column, b) + ")";
    try {
      return Integer.parseInt(String.valueOf(Sql.first(server.get(), sql)));
    } catch (SQLException e) {
      throw SourceFailures.during("comparing keys of the column " + column.column().name(), e);
    }
  }

  private static String text(KeyColumn column, String value) {
    String hex = HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
    return "CONVERT(_utf8mb4 x'"
        + hex
        + "' USING "
        + checked(column.charset())
        + ") COLLATE "
        + checked(column.collation());
  }

  private static String checked(String name) {
    if (!SERVER_NAME.matcher(name).matches()) {
      throw new IllegalStateException("'" + name + "' is no character set or collation");
    }
    return name;
  }
}
