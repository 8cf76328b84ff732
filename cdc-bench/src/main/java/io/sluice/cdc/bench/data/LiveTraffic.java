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
import java.util.concurrent.locks.LockSupport;

/**
 * Small transactions at a steady rate, over two tables of one database: three of four insert an
 * order, the fourth updates an account. A writer that falls behind catches up, so that a slow
 * moment does not hide itself.
 *
 * @param database the database
 * @param transactionsPerSecond of all connections together
 */
public record LiveTraffic(String database, int transactionsPerSecond) {
  private static final int CONNECTIONS = 4;
  private static final int ACCOUNTS = 1_000;
  private static final long ORDERS_PER_WRITER = 100_000_000_000_000_000L;

  /** What was written. */
  public record Written(long transactions, double seconds) {}

  /** Makes the tables and the accounts. */
  public void prepare(Sql.Source source) throws SQLException {
    try (Connection connection = source.connect()) {
      Numbers.make(connection, ACCOUNTS);
    }
    try (Connection connection = source.connect()) {
      Sql.execute(
          connection,
          "CREATE DATABASE " + database,
          "CREATE TABLE "
              + database
              + ".orders (id BIGINT PRIMARY KEY, customer INT NOT NULL, amount DECIMAL(12,2) NOT NULL, "
              + "created DATETIME(6) NOT NULL, note VARCHAR(100))",
          "CREATE TABLE "
              + database
              + ".accounts (id INT PRIMARY KEY, balance DECIMAL(14,2) NOT NULL, changed DATETIME(6))",
          "INSERT INTO "
              + database
              + ".accounts SELECT n, 1000, NULL FROM "
              + Numbers.TABLE
              + " WHERE n <= "
              + ACCOUNTS);
    }
  }

  /** Writes for so many seconds. */
  public Written write(Sql.Source source, double seconds)
      throws SQLException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    long begun = System.nanoTime();
    try {
      List<Future<Long>> writers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int writer = i;
        writers.add(threads.submit(() -> write(source, writer, seconds)));
      }
      long transactions = 0;
      for (Future<Long> one : writers) {
        transactions += one.get();
      }
      return new Written(transactions, (System.nanoTime() - begun) / 1e9);
    } catch (ExecutionException e) {
      throw new SQLException("A writer failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private long write(Sql.Source source, int writer, double seconds) throws SQLException {
    double nanosPerTransaction = 1e9 * CONNECTIONS / transactionsPerSecond;
    long total = (long) (seconds * 1e9 / nanosPerTransaction);
    try (Connection connection = source.connect();
        PreparedStatement order =
            connection.prepareStatement(
                "INSERT INTO " + database + ".orders VALUES (?, ?, ?, NOW(6), ?)");
        PreparedStatement account =
            connection.prepareStatement(
                "UPDATE "
                    + database
                    + ".accounts SET balance = balance - 1, changed = NOW(6) WHERE id = ?")) {
      long firstId = System.currentTimeMillis() * 10_000 + writer * ORDERS_PER_WRITER;
      long begun = System.nanoTime();
      for (long i = 0; i < total; i++) {
        waitUntil(begun + (long) (i * nanosPerTransaction));
        if (i % 4 == 3) {
          account.setLong(1, 1 + (i * CONNECTIONS + writer) % ACCOUNTS);
          account.executeUpdate();
        } else {
          insert(order, firstId + i);
        }
      }
      return total;
    }
  }

  private static void insert(PreparedStatement order, long id) throws SQLException {
    order.setLong(1, id);
    order.setLong(2, id % 1_000);
    order.setDouble(3, id % 10_000 / 100.0);
    order.setString(4, "Order " + id);
    order.executeUpdate();
  }

  private static void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
