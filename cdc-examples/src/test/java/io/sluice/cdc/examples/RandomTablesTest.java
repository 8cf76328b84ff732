package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.check.CheckReport;
import io.sluice.cdc.testkit.random.RandomTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random tables under random rows and random statements, while they are loaded and followed. Repeat
 * a failure with {@code -Dsluice.test.seed}; the moments differ, the statements do not.
 */
@Tag("servers")
class RandomTablesTest {
  private static final int TABLES = Integer.getInteger("sluice.test.tables", 300);
  private static final int ROWS_EACH = 4;
  private static final int MOST_ATTEMPTS = 100;

  @Test
  void threeHundredTablesAreTheSameByLoadAndByStreamThroughRandomStatements() throws Exception {
    long seed = Long.getLong("sluice.test.seed", System.nanoTime());
    Random random = new Random(seed);
    List<RandomTable> tables = new ArrayList<>();
    try (PipelineWorld world = PipelineWorld.open();
        Connection connection = world.mysql().connect();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE DATABASE shop CHARACTER SET utf8mb4");
      make(sql, tables, 2 * TABLES / 3, random);
      try (CdcPipeline pipeline = world.pipeline("random").build()) {
        pipeline.start();
        write(sql, tables, random, TABLES, false);
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> pipeline.status().state() == PipelineState.STREAMING);
        write(sql, tables, random, 2 * TABLES, true);
        make(sql, tables, TABLES, random);
        write(sql, tables, random, TABLES, true);
        pipeline.stopWhenCaughtUp();
        pipeline.awaitEnd();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      write(sql, tables, random, TABLES, true);
      world.catchUp("random");
      CheckReport report =
          world.check(
              "random", tables.stream().map(t -> new TableName(t.database(), t.table())).toList());
      assertThat(report.equal()).as("seed %s: %s", seed, report.inWords()).isTrue();
    }
  }

  /** With a row each: of a table that never had one there is nothing to judge. */
  private static void make(Statement sql, List<RandomTable> tables, int upTo, Random random)
      throws SQLException {
    for (int number = tables.size(); tables.size() < upTo; number++) {
      RandomTable table = new RandomTable("shop", number, random);
      if (!attempt(sql, table.create())) {
        continue; // a type that this server does not know
      }
      tables.add(table);
      int rows = 0;
      for (int i = 0; i < ROWS_EACH || (rows == 0 && i < MOST_ATTEMPTS); i++) {
        rows += attempt(sql, table.insert()) ? 1 : 0;
      }
    }
  }

  private static void write(
      Statement sql, List<RandomTable> tables, Random random, int statements, boolean alter) {
    for (int i = 0; i < statements; i++) {
      RandomTable table = tables.get(random.nextInt(tables.size()));
      boolean now = alter && random.nextInt(5) == 0;
      if (!now) {
        attempt(sql, table.change());
      } else if (attempt(sql, table.alter())) {
        attempt(sql, table.insert());
      } else {
        table.refused();
      }
    }
  }

  /** Not every random statement is one that MySQL takes. */
  private static boolean attempt(Statement sql, String statement) {
    try {
      sql.execute(statement);
      return true;
    } catch (SQLException refused) {
      assertThat(refused.getSQLState()).as(statement).doesNotStartWith("08");
      return false;
    }
  }
}
