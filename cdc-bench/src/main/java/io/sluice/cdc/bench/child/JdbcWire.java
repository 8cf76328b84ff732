package io.sluice.cdc.bench.child;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The wire as Java sees it: every column of every row of every table, streamed over one connection,
 * and thrown away.
 */
final class JdbcWire implements Job {
  private long rows;
  private long bytes;

  @Override
  public void run(Settings settings, Meter meter) throws SQLException {
    meter.begin();
    try (Connection connection = Jdbc.connect(settings)) {
      for (String table : Jdbc.tables(connection)) {
        read(connection, table);
      }
    }
    meter.end(rows);
    meter.print("bytes", bytes);
  }

  private void read(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE); // the driver's word for streaming
      try (ResultSet result = statement.executeQuery("SELECT * FROM `" + table + "`")) {
        drain(result, result.getMetaData().getColumnCount());
      }
    }
  }

  private void drain(ResultSet result, int columns) throws SQLException {
    while (result.next()) {
      rows++;
      for (int column = 1; column <= columns; column++) {
        byte[] value = result.getBytes(column);
        bytes += value == null ? 0 : value.length;
      }
    }
  }
}
