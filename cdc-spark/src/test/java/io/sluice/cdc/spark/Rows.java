package io.sluice.cdc.spark;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Rows of MySQL and of the lake as texts that are equal exactly where the values are. */
final class Rows {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private Rows() {}

  /** Every table of a database, each with its rows, sorted. */
  static Map<String, List<String>> ofMySql(SparkWorld world, String database) throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Connection connection = world.mysql().connect();
        Statement sql = connection.createStatement()) {
      sql.execute("SET time_zone = '+00:00'");
      for (Map.Entry<String, Map<String, String>> table : columns(sql, database).entrySet()) {
        tables.put(table.getKey(), rows(sql, database, table.getKey(), table.getValue()));
      }
    }
    return tables;
  }

  /** The columns of each table with their types. */
  private static Map<String, Map<String, String>> columns(Statement sql, String database)
      throws SQLException {
    Map<String, Map<String, String>> all = new TreeMap<>();
    try (ResultSet found =
        sql.executeQuery(
            "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE"
                + " TABLE_SCHEMA = '"
                + database
                + "' ORDER BY TABLE_NAME, ORDINAL_POSITION")) {
      while (found.next()) {
        all.computeIfAbsent(found.getString(1), t -> new LinkedHashMap<>())
            .put(found.getString(2), found.getString(3));
      }
    }
    return all;
  }

  private static List<String> rows(
      Statement sql, String database, String table, Map<String, String> columns)
      throws SQLException {
    List<String> selected = new ArrayList<>();
    columns.forEach(
        (name, type) -> selected.add(select("`" + name.replace("`", "``") + "`", type)));
    List<String> rows = new ArrayList<>();
    try (ResultSet found =
        sql.executeQuery(
            "SELECT "
                + String.join(", ", selected)
                + " FROM `"
                + database
                + "`.`"
                + table.replace("`", "``")
                + "`")) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= selected.size(); i++) {
          row.add(text(found.getObject(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows.stream().sorted().toList();
  }

  private static String select(String column, String type) {
    return switch (type) {
      case "datetime", "timestamp" -> "DATE_FORMAT(" + column + ", '%Y-%m-%d %H:%i:%s.%f')";
      case "date", "json" -> "CAST(" + column + " AS CHAR)";
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geomcollection" ->
          "ST_AsBinary(" + column + ")";
      case "time" ->
          "CAST(IF(LEFT("
              + column
              + ", 1) = '-', -1, 1) * ABS(TIME_TO_SEC("
              + column
              + ") * 1000000) + IF(LEFT("
              + column
              + ", 1) = '-', -1, 1) * MICROSECOND("
              + column
              + ") AS SIGNED)";
      case "bit", "tinyint" -> column + " + 0";
      case "year" -> column + " + 0";
      case "float", "double" -> column + " * 1E0";
      default -> column;
    };
  }

  /** The rows of a table in the lake, in the order of MySQL's columns. */
  static List<String> ofLake(SparkWorld world, String table, List<String> columns) {
    return world
        .spark()
        .table(table)
        .select(
            columns.stream()
                .map(c -> functions.col("`" + c.replace("`", "``") + "`"))
                .toArray(org.apache.spark.sql.Column[]::new))
        .collectAsList()
        .stream()
        .map(Rows::text)
        .sorted()
        .toList();
  }

  static List<String> columnsOf(SparkWorld world, String database, String table)
      throws SQLException {
    try (Connection connection = world.mysql().connect();
        Statement sql = connection.createStatement()) {
      return List.copyOf(columns(sql, database).getOrDefault(table, Map.of()).keySet());
    }
  }

  private static String text(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      values.add(text(row.get(i)));
    }
    return String.join("|", values);
  }

  private static String text(Object value) {
    if (value == null) {
      return "NULL";
    } else if (value instanceof Double || value instanceof Float) {
      return "~" + ((Number) value).doubleValue();
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof Number) {
      BigDecimal number = new BigDecimal(value.toString());
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    } else if (value instanceof LocalDateTime time) {
      return TIME.format(time);
    } else if (value instanceof Instant time) {
      return TIME.format(time.atOffset(ZoneOffset.UTC));
    } else if (value instanceof Timestamp time) {
      return TIME.format(time.toInstant().atOffset(ZoneOffset.UTC));
    }
    return value.toString();
  }
}
