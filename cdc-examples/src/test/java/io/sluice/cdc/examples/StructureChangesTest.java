package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.check.CheckReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that change structures, judged by the checker and by which tables are reloaded. */
@Tag("servers")
class StructureChangesTest {
  private static PipelineWorld world;

  @TempDir private Path folder;

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
    makeTables(world);
  }

  private static void makeTables(PipelineWorld target) throws SQLException {
    target
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "DROP DATABASE IF EXISTS elsewhere",
            "CREATE DATABASE shop CHARACTER SET utf8mb4",
            "CREATE DATABASE elsewhere");
    try (Connection connection = target.mysql().connect();
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
      assertNoNeedlessReloads(pipeline);
    }
    assertEqual("running");
  }

  @Test
  void changesUnderAPipelineThatIsKilledTwiceAreFollowed() throws Exception {
    Path log = folder.resolve("pipeline.log");
    world.catchUp("killed");
    List<StructureCase> cases = StructureCase.all();
    Process first = PipelineProcess.start(world, "killed", false, log);
    change(cases.subList(0, cases.size() / 3));
    first.waitFor(2, TimeUnit.SECONDS);
    first.destroyForcibly().waitFor();
    change(cases.subList(cases.size() / 3, 2 * cases.size() / 3));
    Process second = PipelineProcess.start(world, "killed", false, log);
    second.waitFor(4, TimeUnit.SECONDS);
    change(cases.subList(2 * cases.size() / 3, cases.size()));
    second.destroyForcibly().waitFor();
    world.catchUp("killed");
    assertEqual("killed");
  }

  @Test
  void withoutGtidChangesAreFollowedTooAndSoAreTablesMadeFromQueries() throws Exception {
    try (PipelineWorld own = PipelineWorld.withoutGtid()) {
      makeTables(own);
      own.catchUp("plain");
      change(own, StructureCase.all());
      own.mysql()
          .execute(
              "CREATE TABLE shop.selected SELECT id, a, UPPER(b) u FROM shop.x_add_null",
              "INSERT INTO shop.selected (id, a) VALUES (9, 9)");
      own.catchUp("plain");
      CheckReport report = own.check("plain");
      assertThat(report.equal()).as(report.inWords()).isTrue();
    }
  }

  @Test
  void aDatabaseThatIsDroppedAndMadeAgainBeginsAnew() throws Exception {
    world
        .mysql()
        .execute(
            "CREATE DATABASE brief",
            "CREATE TABLE brief.t (id INT PRIMARY KEY, v INT)",
            "INSERT INTO brief.t VALUES (1, 1), (2, 2)");
    SourceConfig source = world.source().include("brief.*").build();
    catchUp("brief", source);
    world
        .mysql()
        .execute(
            "UPDATE brief.t SET v = 3",
            "DROP DATABASE brief",
            "CREATE DATABASE brief CHARACTER SET latin1",
            "CREATE TABLE brief.t (id INT PRIMARY KEY, v VARCHAR(9))",
            "INSERT INTO brief.t VALUES (2, 'größe')");
    catchUp("brief", source);
    CheckReport report = world.check("brief");
    world.mysql().execute("DROP DATABASE brief");
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }

  private static void catchUp(String id, SourceConfig source) throws InterruptedException {
    try (CdcPipeline pipeline = world.pipeline(id).source(source).build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }

  private static void change() throws SQLException {
    change(StructureCase.all());
  }

  private static void change(List<StructureCase> cases) throws SQLException {
    change(world, cases);
  }

  private static void change(PipelineWorld target, List<StructureCase> cases) throws SQLException {
    try (Connection connection = target.mysql().connect();
        Statement sql = connection.createStatement()) {
      sql.execute("USE shop");
      for (StructureCase each : cases) {
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

  /**
   * A table that is away while others are loaded again and back before the stream goes on is new to
   * it: it is loaded without a reason. Whether all was loaded that must be, the checker tells.
   */
  private static void assertNoNeedlessReloads(CdcPipeline pipeline) {
    Map<TableName, String> reloads = pipeline.status().reloads();
    assertThat(
            StructureCase.all().stream()
                .filter(c -> !c.reloads() && reloads.containsKey(new TableName("shop", c.table())))
                .map(StructureCase::table))
        .as("tables that were reloaded though they need not be: %s", reloads)
        .isEmpty();
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
