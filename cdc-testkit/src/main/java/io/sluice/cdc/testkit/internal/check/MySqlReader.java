package io.sluice.cdc.testkit.internal.check;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/** Reads MySQL at one moment, as text, the way its own clients see it. Used by one thread. */
public final class MySqlReader implements AutoCloseable {
  private static final String COLUMNS =
      "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE"
          + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION";

  private final Connection connection;

  private MySqlReader(Connection connection) {
    this.connection = connection;
  }

  /** Connects and opens the view in which everything is read. */
  public static MySqlReader open(String jdbcUrl, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("useCursorFetch", "false");
    Connection connection = DriverManager.getConnection(jdbcUrl, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION time_zone = '+00:00', sql_mode = '', net_write_timeout = 3600");
      statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new MySqlReader(connection);
  }

  /** The columns of a table, none when it does not exist. */
  List<MySqlColumn> columns(TableId table) throws SQLException {
    List<MySqlColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.database());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          // The catalogue compares without regard to case, tables may differ in nothing else.
          if (table.equals(new TableId(row.getString(1), row.getString(2)))) {
            columns.add(column(row));
          }
        }
      }
    }
    return columns;
  }

  private static MySqlColumn column(ResultSet row) throws SQLException {
    String columnType = row.getString(5).toLowerCase(Locale.ROOT);
    return new MySqlColumn(
        row.getString(3),
        row.getString(4).toLowerCase(Locale.ROOT),
        columnType,
        row.getInt(6),
        row.getInt(7));
  }

  /**
   * Copies a table into a new table of DuckDB with one BLOB column for each plan.
   *
   * @return how many rows it has
   */
  long copy(TableId table, List<ColumnPlan> plans, Duck duck, String target) throws SQLException {
    duck.execute(
        "CREATE TABLE " + target + " (" + Duck.columns(plans.size(), "c%d BLOB", ", ") + ")");
    String expressions =
        plans.stream()
            .map(p -> ColumnPlan.over(p.select(), TableId.quote(p.name())))
            .collect(Collectors.joining(", "));
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(Integer.MIN_VALUE); // row by row off the wire
      try (ResultSet rows =
              statement.executeQuery("SELECT " + expressions + " FROM " + table.quoted());
          DuckDBAppender appender = duck.appender(target)) {
        return append(rows, plans.size(), appender);
      }
    }
  }

  private static long append(ResultSet rows, int columns, DuckDBAppender appender)
      throws SQLException {
    long count = 0;
    while (rows.next()) {
      appender.beginRow();
      for (int i = 1; i <= columns; i++) {
        byte[] value = rows.getBytes(i);
        if (value == null) {
          appender.appendNull();
        } else {
          appender.append(value);
        }
      }
      appender.endRow();
      count++;
    }
    return count;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
