package io.sluice.cdc.bench.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes at a steady rate on tables that do not grow: each of four connections inserts a hundred
 * rows, updates a hundred and deletes a hundred, each a transaction, and begins again.
 *
 * @param database with a table for each connection
 */
public record SteadyTraffic(String database) {
  private static final int CONNECTIONS = 4;
  private static final int ROWS = 100;

  /** Makes the tables. */
  public void prepare(Sql.Source source) throws SQLException {
    try (Connection connection = source.connect()) {
      Numbers.make(connection, 10_000);
    }
    try (Connection connection = source.connect()) {
      Sql.execute(connection, "CREATE DATABASE " + database);
      for (int i = 0; i < CONNECTIONS; i++) {
        Sql.execute(connection, Shape.mixed().create(table(i)));
      }
    }
  }

  private String table(int writer) {
    return database + ".t" + writer;
  }

  /**
   * Writes for so many seconds.
   *
   * @param rowsPerSecond of all connections; 0 for as fast as they can
   * @return how many rows changed
   */
  public long write(Sql.Source source, double seconds, long rowsPerSecond)
      throws SQLException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Long>> writers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int writer = i;
        writers.add(threads.submit(() -> write(source, writer, seconds, rowsPerSecond)));
      }
      long rows = 0;
      for (Future<Long> one : writers) {
        rows += one.get();
      }
      return rows;
    } catch (ExecutionException e) {
      throw new SQLException("A writer failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private long write(Sql.Source source, int writer, double seconds, long rowsPerSecond)
      throws SQLException {
    long pause = rowsPerSecond == 0 ? 0 : CONNECTIONS * ROWS * 1_000_000_000L / rowsPerSecond;
    String table = table(writer);
    long rows = 0;
    try (Connection connection = source.connect();
        PreparedStatement insert =
            connection.prepareStatement(Shape.mixed().insert(table, 1, ROWS));
        PreparedStatement update =
            connection.prepareStatement("UPDATE " + table + " SET amount = amount + 1");
        PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table)) {
      long begun = System.nanoTime();
      long end = begun + TimeUnit.MILLISECONDS.toNanos((long) (seconds * 1000));
      while (System.nanoTime() < end) {
        for (PreparedStatement statement : List.of(insert, update, delete)) {
          waitUntil(begun + rows / ROWS * pause);
          statement.executeUpdate();
          rows += ROWS;
        }
      }
    }
    return rows;
  }

  private static void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
