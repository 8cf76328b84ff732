package io.sluice.cdc.bench.run;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * Reads the final files as a user would, and takes for every row the time from its commit in MySQL
 * ({@code _cdc_ts}, the server's clock) to the promotion of its file.
 */
final class Latencies {
  private static final Pattern COMMIT = Pattern.compile("(\\d+)-[^/]*$");
  private static final String ROWS =
      "SELECT epoch_us(_cdc_ts), filename FROM read_parquet(?, filename = true, union_by_name = true) "
          + "WHERE epoch_us(_cdc_ts) BETWEEN ? AND ?";

  private Latencies() {}

  /**
   * Milliseconds of each row that MySQL committed between the two moments, which are microseconds
   * since 1970.
   */
  static double[] millis(Path folder, Promotions promotions, long fromMicros, long toMicros)
      throws SQLException {
    DoubleStream.Builder all = DoubleStream.builder();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement = duck.prepareStatement(ROWS)) {
      statement.setString(1, folder + "/*/*/dt=*/*.parquet");
      statement.setLong(2, fromMicros);
      statement.setLong(3, toMicros);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add((promotions.micros(commit(rows.getString(2))) - rows.getLong(1)) / 1e3);
        }
      }
    }
    return all.build().toArray();
  }

  private static long commit(String file) {
    Matcher matcher = COMMIT.matcher(file);
    if (!matcher.find()) {
      throw new IllegalStateException(file + " does not begin with the number of a commit");
    }
    return Long.parseLong(matcher.group(1));
  }
}
