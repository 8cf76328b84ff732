package io.sluice.cdc.bench.torture.workload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions on one connection until it is told to stop; a lost connection is opened again.
 */
final class Writer implements Runnable {
  private static final int LONGEST_PAUSE_MILLIS = 25;
  private static final int TRUNCATE_ONE_IN = 400;
  private static final int LARGE_ONE_IN = 150;

  /**
   * SQL states of errors that say that this transaction did not happen, or that the server is away.
   */
  private static final String EXPECTED = "40001|41000|HY000|08\\w{3}|70100|S1000|57P01|25\\w{3}";

  private final int number;
  private final String jdbcUrl;
  private final String user;
  private final String password;
  private final Random random;
  private final CountDownLatch stop;
  private final AtomicLong committed;
  private boolean hugeDue;
  private @Nullable SQLException failure;

  Writer(
      int number,
      String jdbcUrl,
      String user,
      String password,
      Random random,
      CountDownLatch stop,
      AtomicLong committed,
      boolean huge) {
    this.number = number;
    this.jdbcUrl = jdbcUrl;
    this.user = user;
    this.password = password;
    this.random = random;
    this.stop = stop;
    this.committed = committed;
    this.hugeDue = huge;
  }

  /** Why it gave up, or null. */
  @Nullable SQLException failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      while (!pause()) {
        work();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean pause() throws InterruptedException {
    return failure != null
        || stop.await(random.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
  }

  private void work() throws InterruptedException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
      Schema.execute(
          connection,
          "SET SESSION innodb_lock_wait_timeout = 2, lock_wait_timeout = 3, sql_mode = ''",
          "SET SESSION TRANSACTION ISOLATION LEVEL "
              + (random.nextBoolean() ? "READ COMMITTED" : "REPEATABLE READ"));
      while (!pause()) {
        transaction(connection);
      }
    } catch (SQLException e) {
      if (!expected(e)) {
        failure = e;
      }
    }
  }

  private void transaction(Connection connection) throws SQLException {
    if (random.nextInt(TRUNCATE_ONE_IN) == 0) {
      truncate(connection);
      return;
    }
    connection.setAutoCommit(false);
    try {
      Session session = new Session(connection, random);
      steps(session);
      if (random.nextInt(10) == 0) {
        connection.rollback();
        return;
      }
      if (session.changes() > 0) {
        session.change(
            "INSERT INTO "
                + Schema.JOURNAL
                + " VALUES (NULL, "
                + number
                + ", "
                + (session.changes() + 1)
                + ")");
      }
      connection.commit();
      committed.incrementAndGet();
    } catch (SQLException e) {
      if (!expected(e) || connection.isClosed()) {
        throw e;
      }
      connection.rollback();
    }
  }

  private void steps(Session session) throws SQLException {
    if (hugeDue) {
      hugeDue = false;
      Steps.huge(session);
    } else if (random.nextInt(LARGE_ONE_IN) == 0) {
      Steps.large(session);
    }
    int steps = 1 + random.nextInt(6);
    for (int i = 0; i < steps; i++) {
      Session.Step step = Steps.small(random);
      if (random.nextInt(8) == 0) {
        session.undone(step);
      } else {
        step.run(session);
      }
    }
  }

  private void truncate(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try {
      Schema.execute(connection, "TRUNCATE TABLE " + (random.nextBoolean() ? "bulk" : "heap"));
    } catch (SQLException e) {
      if (!expected(e) || connection.isClosed()) {
        throw e;
      }
    }
  }

  private static boolean expected(SQLException e) {
    return e instanceof Money.Lost
        || (e.getSQLState() != null && e.getSQLState().matches(EXPECTED));
  }
}
