package io.sluice.cdc.examples.demo;

import io.sluice.cdc.testkit.DisposableMySql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Customers at work: several connections that write transactions until they are told to stop.
 * Thread-safe.
 */
final class Traffic implements AutoCloseable {
  private static final int WRITERS = 3;

  private final DisposableMySql mysql;
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final List<Future<?>> writers = new ArrayList<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong transactions = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();

  private Traffic(DisposableMySql mysql) {
    this.mysql = mysql;
  }

  static Traffic start(DisposableMySql mysql) {
    Traffic traffic = new Traffic(mysql);
    for (int i = 0; i < WRITERS; i++) {
      int seed = i;
      traffic.writers.add(traffic.threads.submit(() -> traffic.write(seed)));
    }
    return traffic;
  }

  /** Transactions that were committed so far. */
  long transactions() {
    return transactions.get();
  }

  /** Rows that they changed. */
  long rows() {
    return rows.get();
  }

  /** Lets the running transactions finish; throws what stopped a writer before its time. */
  void stop() throws InterruptedException, SQLException {
    stop.set(true);
    for (Future<?> writer : writers) {
      try {
        writer.get();
      } catch (ExecutionException e) {
        throw new SQLException("A writer of the demo failed: " + e.getCause(), e.getCause());
      }
    }
  }

  private Void write(int seed) throws SQLException {
    try (Connection connection = mysql.connect();
        Customer customer = new Customer(connection, seed)) {
      connection.setAutoCommit(false);
      while (!stop.get()) {
        try {
          long changed = customer.act();
          connection.commit();
          transactions.incrementAndGet();
          rows.addAndGet(changed);
        } catch (SQLTransactionRollbackException e) {
          connection.rollback(); // two customers wanted the same rows: the other one went first
        }
      }
    }
    return null;
  }

  @Override
  public void close() {
    stop.set(true);
    threads.shutdownNow();
  }
}
