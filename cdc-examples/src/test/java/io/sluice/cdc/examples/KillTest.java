package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.testkit.check.CheckReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the pipeline's process at random moments while writers are busy; afterwards nothing is lost
 * and nothing is there twice.
 */
@Tag("servers")
class KillTest {
  private static final int ROUNDS = 10;
  private static final int FIRST_ROWS = 20_000;

  @TempDir private Path folder;

  @Test
  void tenKillsDuringLoadAndStreamLoseAndRepeatNothing() throws Exception {
    long seed = Long.getLong("sluice.test.seed", System.nanoTime());
    Random random = new Random(seed);
    Path log = folder.resolve("pipeline.log");
    try (PipelineWorld world = PipelineWorld.open()) {
      makeTables(world);
      for (int round = 1; round <= ROUNDS; round++) {
        String id = "kill" + (round - 1) / 2; // every second round begins with a load
        try (Writers writers = new Writers(world, random.nextLong())) {
          Process process = PipelineProcess.start(world, id, false, log);
          process.waitFor(1_000 + random.nextInt(2_500), TimeUnit.MILLISECONDS);
          process.destroyForcibly().waitFor();
          Process again = PipelineProcess.start(world, id, false, log);
          again.waitFor(1_000 + random.nextInt(2_000), TimeUnit.MILLISECONDS);
          again.destroyForcibly().waitFor();
        }
        Process last = PipelineProcess.start(world, id, true, log);
        assertThat(last.waitFor(120, TimeUnit.SECONDS))
            .as("round %s of seed %s", round, seed)
            .isTrue();
        assertThat(last.exitValue())
            .as("round %s of seed %s: %s", round, seed, Files.readString(log))
            .isZero();
        CheckReport report = world.check(id);
        assertThat(report.equal())
            .as("round %s of seed %s: %s", round, seed, report.inWords())
            .isTrue();
      }
    }
  }

  private static void makeTables(PipelineWorld world) throws Exception {
    world
        .mysql()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.account (id INT PRIMARY KEY, name VARCHAR(40), cents BIGINT NOT NULL)",
            "CREATE TABLE shop.moves (id BIGINT PRIMARY KEY AUTO_INCREMENT, a INT, b INT, cents INT)",
            "CREATE TABLE shop.notes (line VARCHAR(40), n INT)",
            "SET SESSION cte_max_recursion_depth = 1000000",
            "INSERT INTO shop.account WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                + FIRST_ROWS
                + ") SELECT i, CONCAT('account number ', i), 1000 FROM n",
            "INSERT INTO shop.notes SELECT name, id % 7 FROM shop.account WHERE id <= 3000");
  }

  /** Moves money between accounts, key updates and keyless rows among it, until closed. */
  private static final class Writers implements AutoCloseable {
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread;

    Writers(PipelineWorld world, long seed) {
      thread = new Thread(() -> write(world, new Random(seed)));
      thread.start();
    }

    private void write(PipelineWorld world, Random random) {
      try (Connection connection = world.mysql().connect();
          Statement sql = connection.createStatement()) {
        connection.setAutoCommit(false);
        while (!stop.get()) {
          int a = 1 + random.nextInt(FIRST_ROWS);
          int b = 1 + random.nextInt(FIRST_ROWS);
          sql.execute("UPDATE shop.account SET cents = cents - 1 WHERE id = " + a);
          sql.execute("UPDATE shop.account SET cents = cents + 1 WHERE id = " + b);
          sql.execute("INSERT INTO shop.moves (a, b, cents) VALUES (" + a + ", " + b + ", 1)");
          switch (random.nextInt(8)) {
            case 0 -> sql.execute("UPDATE shop.account SET id = id + 1000000 WHERE id = " + a);
            case 1 ->
                sql.execute(
                    "UPDATE shop.account SET id = id - 1000000 WHERE id = " + (a + 1_000_000));
            case 2 -> sql.execute("DELETE FROM shop.notes WHERE n = " + a % 7 + " LIMIT 2");
            case 3 -> sql.execute("INSERT INTO shop.notes VALUES ('same', 1), ('same', 1)");
            case 4 -> sql.execute("UPDATE shop.notes SET n = n + 1 WHERE line = 'same' LIMIT 1");
            default -> {}
          }
          if (random.nextInt(10) == 0) {
            connection.rollback();
          } else {
            connection.commit();
          }
        }
      } catch (Exception e) {
        failure.set(e);
      }
    }

    @Override
    public void close() throws Exception {
      stop.set(true);
      thread.join();
      if (failure.get() != null) {
        throw failure.get();
      }
    }
  }
}
