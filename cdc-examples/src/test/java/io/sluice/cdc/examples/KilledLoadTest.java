package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.sink.SinkLook;
import io.sluice.cdc.status.PlannedTable;
import io.sluice.cdc.testkit.check.CheckReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F03: what a load had done when its process was killed is not read again. */
@Tag("servers")
class KilledLoadTest {
  private static final PipelineId SHOP = new PipelineId("shop");
  private static final TableName BIG = new TableName("shop", "big");
  private static final int ROWS = 200_000;
  private static final int READERS = 2;
  private static final int CHUNK_BYTES = 256 << 10; // as in PipelineProcess
  private static final int ROW_BYTES = 120;

  @TempDir Path folder;

  @Test
  void theSecondStartReadsLessThanTheRestAndOneChunkForEachReader() throws Exception {
    try (PipelineWorld world = PipelineWorld.open();
        S3Sink sink = world.sink("shop").build()) {
      world
          .mysql()
          .execute(
              "CREATE DATABASE shop",
              "USE shop",
              "SET SESSION cte_max_recursion_depth = 1000000",
              "CREATE TABLE big (k VARCHAR(40) PRIMARY KEY, v INT, pad VARCHAR(200))",
              "INSERT INTO big WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
                  + ROWS
                  + ") SELECT LEFT(SHA2(n, 256), 32), n, REPEAT('x', 80) FROM s",
              "ANALYZE TABLE big");
      long committed = killInTheMiddle(world, sink);
      assertThat(committed).isBetween(ROWS / 5L, ROWS - ROWS / 5L);
      world.mysql().execute("TRUNCATE performance_schema.table_io_waits_summary_by_table");

      try (CdcPipeline pipeline =
          world
              .pipeline("shop")
              .load(new LoadConfig(LoadMode.INITIAL, READERS, CHUNK_BYTES))
              .build()) {
        PlannedTable planned = pipeline.plan().tables().get(0);
        assertThat(planned.state()).isEqualTo(PlannedTable.State.PARTLY_LOADED);
        assertThat(planned.loadedRows()).isEqualTo(committed);
        assertThat(rowsRead(world)).as("rows that the plan read").isLessThan(100);
        pipeline.stopWhenCaughtUp();
        pipeline.start();
        pipeline.awaitEnd();
        assertThat(pipeline.status().rows().loads()).isEqualTo(ROWS - committed);
      }
      assertThat(rowsRead(world))
          .isLessThan(ROWS - committed + READERS * (CHUNK_BYTES / ROW_BYTES));
      CheckReport report = world.check("shop");
      assertThat(report.equal()).as(report.inWords()).isTrue();
    }
  }

  /** Returns how many rows are committed. */
  private long killInTheMiddle(PipelineWorld world, S3Sink sink) throws Exception {
    Process process = PipelineProcess.start(world, "shop", false, folder.resolve("log"));
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(100))
          .atMost(Duration.ofSeconds(90))
          .until(() -> !process.isAlive() || committed(sink) > ROWS / 4);
    } finally {
      process.destroyForcibly().waitFor();
    }
    return committed(sink);
  }

  private static long committed(S3Sink sink) throws InterruptedException {
    SinkLook look = sink.look(SHOP);
    TableLoad load = look == null ? null : look.state().load().table(BIG);
    return load == null ? 0 : load.rows();
  }

  /** By the server's own count: what was fetched from the table, for whatever purpose. */
  private static long rowsRead(PipelineWorld world) throws Exception {
    try (Connection connection = world.mysql().connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT SUM(COUNT_FETCH) FROM performance_schema.table_io_waits_summary_by_table"
                    + " WHERE OBJECT_SCHEMA = 'shop'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
