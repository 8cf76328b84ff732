package io.sluice.cdc.examples.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Asks the files themselves, with DuckDB, in the folder where the server keeps them. */
final class Lake {
  private static final String LATENCY =
      """
      SELECT quantile_cont(p.moment - epoch_us(c._cdc_ts), [0.5, 0.99])
      FROM read_parquet('%s', filename = true, hive_partitioning = false, union_by_name = true) c
      JOIN (VALUES %s) p(number, moment)
        ON p.number = CAST(regexp_extract(c.filename, '([0-9]{20})-[0-9]+-change[.]parquet$', 1) AS BIGINT)
      """;

  private final Path folder;

  /** Of the folder that stands for the final location. */
  Lake(Path folder) {
    this.folder = folder;
  }

  /** A query to try: the state of the orders by status, by the rule that every table follows. */
  String query() {
    return """
        SELECT status, count(*) AS orders, sum(total) AS total
        FROM (SELECT * FROM '%s/shop/orders/*/*.parquet'
              QUALIFY row_number() OVER (PARTITION BY id ORDER BY _cdc_seq DESC) = 1)
        WHERE _cdc_op <> 'd'
        GROUP BY status ORDER BY status"""
        .formatted(folder);
  }

  /** The place that stands for the final location. */
  String location() {
    return folder.toString();
  }

  /** Rows as text, the column names first. */
  List<List<String>> run(String sql) throws SQLException {
    return run("SET TimeZone = 'UTC'", sql);
  }

  /** The same after other statements. */
  List<List<String>> run(String before, String sql) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(before);
      return rows(statement, sql);
    }
  }

  private static List<List<String>> rows(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      int width = rows.getMetaData().getColumnCount();
      List<List<String>> all = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= width; i++) {
        names.add(rows.getMetaData().getColumnName(i));
      }
      all.add(names);
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(row);
      }
      return all;
    }
  }

  /**
   * Median and 99th percentile, over all changes, of the time from MySQL's commit to being
   * readable.
   *
   * @param promotedMicros when the files of each commit were readable
   */
  List<Duration> latency(Map<Long, Long> promotedMicros) throws SQLException {
    if (promotedMicros.isEmpty()) {
      return List.of();
    }
    StringJoiner values = new StringJoiner(", ");
    promotedMicros.forEach((commit, at) -> values.add("(" + commit + ", " + at + ")"));
    String sql = LATENCY.formatted(folder + "/shop/*/*/*-change.parquet", values);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      List<Duration> quantiles = new ArrayList<>();
      if (row.getArray(1) != null) {
        for (Object micros : (Object[]) row.getArray(1).getArray()) {
          quantiles.add(Duration.ofNanos(Math.round(((Number) micros).doubleValue() * 1000)));
        }
      }
      return quantiles;
    }
  }
}
