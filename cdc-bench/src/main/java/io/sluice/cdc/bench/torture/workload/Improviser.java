package io.sluice.cdc.bench.torture.workload;

import io.sluice.cdc.testkit.random.RandomTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes random tables, and random statements on their rows and structures. What MySQL takes of them
 * decides; the checker compares what is there in the end.
 */
final class Improviser implements Runnable {
  private static final int PAUSE_MILLIS = 5;
  private static final int NEW_TABLE_ONE_IN = 12;
  private static final int ALTER_ONE_IN = 25;
  private static final int ROWS_FIRST = 8;

  /** More would only make the round long: each is merged, exported and compared on its own. */
  private static final int MOST_TABLES = 12;

  private static final Logger LOG = LoggerFactory.getLogger(Improviser.class);

  private final String jdbcUrl;
  private final String user;
  private final String password;
  private final String database;
  private final Random random;
  private final CountDownLatch stop;
  private final List<RandomTable> tables = new ArrayList<>();

  Improviser(
      String jdbcUrl,
      String user,
      String password,
      String database,
      Random random,
      CountDownLatch stop) {
    this.jdbcUrl = jdbcUrl;
    this.user = user;
    this.password = password;
    this.database = database;
    this.random = random;
    this.stop = stop;
  }

  @Override
  public void run() {
    try {
      while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        improvise();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** On one connection, until it is lost or the round is over. */
  private void improvise() throws InterruptedException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
      attempt(connection, "SET SESSION lock_wait_timeout = 2");
      while (connection.isValid(2) && !stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        step(connection);
      }
    } catch (SQLException away) {
      LOG.debug("no connection", away);
    }
  }

  private void step(Connection connection) {
    if (tables.isEmpty()
        || (tables.size() < MOST_TABLES && random.nextInt(NEW_TABLE_ONE_IN) == 0)) {
      RandomTable table = new RandomTable(database, random.nextInt(1_000_000_000), random);
      if (attempt(connection, table.create())) {
        tables.add(table);
        for (int i = 0; i < ROWS_FIRST; i++) {
          attempt(connection, table.insert());
        }
      }
      return;
    }
    RandomTable table = tables.get(random.nextInt(tables.size()));
    if (random.nextInt(ALTER_ONE_IN) != 0) {
      attempt(connection, table.change());
    } else if (!attempt(connection, table.alter())) {
      table.refused();
    }
  }

  /** A statement that MySQL refuses changes nothing. */
  private static boolean attempt(Connection connection, String sql) {
    try {
      Schema.execute(connection, sql);
      return true;
    } catch (SQLException refused) {
      LOG.debug("refused: {}", sql, refused);
      return false;
    }
  }
}
