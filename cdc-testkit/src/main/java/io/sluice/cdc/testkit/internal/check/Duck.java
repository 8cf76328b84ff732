package io.sluice.cdc.testkit.internal.check;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB database in a folder: what does not fit the memory goes to the disk. Used by one thread.
 */
public final class Duck implements AutoCloseable {
  private final DuckDBConnection connection;

  private Duck(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Opens a new database in the folder, which is the caller's to remove after {@link #close}. */
  public static Duck open(Path folder, long memoryBytes) throws SQLException {
    DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("check.duckdb"))
            .unwrap(DuckDBConnection.class);
    Duck duck = new Duck(connection);
    duck.execute("SET memory_limit = '" + (memoryBytes >> 20) + "MiB'");
    duck.execute("SET temp_directory = " + literal(folder.resolve("spill").toString()));
    duck.execute("SET preserve_insertion_order = false");
    duck.execute("SET TimeZone = 'UTC'");
    return duck;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the only row; NULL is 0. */
  long number(String sql) throws SQLException {
    return query(sql, row -> row.getLong(1)).get(0);
  }

  <T> List<T> query(String sql, RowReader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    }
  }

  /** The types of what can be selected from, by column; the names match in any case. */
  Map<String, String> types(String relation) throws SQLException {
    Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    query(
            "DESCRIBE SELECT * FROM " + relation,
            row -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(e -> types.put(e.getKey(), e.getValue()));
    return types;
  }

  DuckDBAppender appender(String table) throws SQLException {
    return connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
  }

  /** The bytes of a BLOB column, or null. */
  static byte @Nullable [] bytes(ResultSet row, int column) throws SQLException {
    return row.getBytes(column);
  }

  /** A name for SQL. */
  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The rows of Parquet files, all of one structure. */
  static String parquet(List<Path> files) {
    return files.stream()
        .map(f -> literal(f.toString()))
        .collect(Collectors.joining(", ", "read_parquet([", "], hive_partitioning = false)"));
  }

  /** {@code c0, c1, …} with a pattern in which {@code %d} is the number. */
  static String columns(int count, String pattern, String separator) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(String.format(Locale.ROOT, pattern.replace("%d", "%1$d"), i));
    }
    return String.join(separator, parts);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Reads one row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
