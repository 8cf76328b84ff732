package io.sluice.cdc.bench.torture.workload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the structure of a table that the writers write to. New columns may be NULL, so that old
 * rows say what they are.
 */
final class Alterer implements Runnable {
  private static final int PAUSE_MILLIS = 400;
  private static final List<String> FORMS =
      List.of(
          "ADD COLUMN extra_%d INT",
          "ADD COLUMN extra_%d VARCHAR(20) FIRST",
          "ADD COLUMN extra_%d BIGINT AFTER id",
          "DROP COLUMN extra_%d",
          "DROP COLUMN extra_%d",
          "MODIFY COLUMN v BIGINT",
          "MODIFY COLUMN v INT");

  private static final Logger LOG = LoggerFactory.getLogger(Alterer.class);

  private final String jdbcUrl;
  private final String user;
  private final String password;
  private final Random random;
  private final CountDownLatch stop;

  Alterer(String jdbcUrl, String user, String password, Random random, CountDownLatch stop) {
    this.jdbcUrl = jdbcUrl;
    this.user = user;
    this.password = password;
    this.random = random;
    this.stop = stop;
  }

  @Override
  public void run() {
    try {
      while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        alter();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A column that is there or is not there, a lock that is not had, a server that is away: then
   * nothing is altered.
   */
  private void alter() {
    String form = String.format(FORMS.get(random.nextInt(FORMS.size())), random.nextInt(4));
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
      Schema.execute(connection, "SET SESSION lock_wait_timeout = 2", "ALTER TABLE shape " + form);
    } catch (SQLException refused) {
      LOG.debug("not altered: {}", form, refused);
    }
  }
}
