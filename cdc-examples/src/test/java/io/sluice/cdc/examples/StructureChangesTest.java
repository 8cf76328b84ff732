package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.check.CheckReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statements that change structures, judged by the checker and by which tables are reloaded. */
@Tag("servers")
class StructureChangesTest {
  private static PipelineWorld world;

  @BeforeAll
  static void open() {
    world = PipelineWorld.open();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void makeTables() throws Exception {
    world
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "DROP DATABASE IF EXISTS elsewhere",
            "CREATE DATABASE shop CHARACTER SET utf8mb4",
            "CREATE DATABASE elsewhere");
    try (Connection connection = world.mysql().connect();
        Statement sql = connection.createStatement()) {
      sql.execute("USE shop");
      for (StructureCase each : StructureCase.all()) {
        run(sql, each.before());
      }
    }
  }

  @Test
  void changesWhileThePipelineStandsStillAreFollowed() throws Exception {
    world.catchUp("still");
    change();
    try (CdcPipeline pipeline = world.pipeline("still").build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
      assertReloads(pipeline);
    }
    assertEqual("still");
  }

  @Test
  void changesWhileThePipelineRunsAreFollowed() throws Exception {
    try (CdcPipeline pipeline = world.pipeline("running").build()) {
      pipeline.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> pipeline.status().state() == PipelineState.STREAMING);
      change();
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
      assertReloads(pipeline);
    }
    assertEqual("running");
  }

  private static void change() throws SQLException {
    try (Connection connection = world.mysql().connect();
        Statement sql = connection.createStatement()) {
      sql.execute("USE shop");
      for (StructureCase each : StructureCase.all()) {
        run(sql, each.after());
      }
    }
  }

  private static void run(Statement sql, Iterable<String> statements) throws SQLException {
    for (String statement : statements) {
      try {
        sql.execute(statement);
      } catch (SQLException e) {
        if (!statement.startsWith("/* where it is allowed */")) {
          throw new SQLException(statement + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private static void assertReloads(CdcPipeline pipeline) {
    Map<TableName, String> reloads = pipeline.status().reloads();
    assertThat(
            StructureCase.all().stream()
                .filter(c -> reloads.containsKey(new TableName("shop", c.table())) != c.reloads())
                .map(StructureCase::table)
                .collect(Collectors.joining(", ")))
        .as(
            "tables that were reloaded though they need not be, or not though they must: %s",
            reloads)
        .isEmpty();
  }

  private static void assertEqual(String id) throws Exception {
    CheckReport report = world.check(id);
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }
}
