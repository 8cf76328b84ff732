package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.status.Finding;
import io.sluice.cdc.status.PipelinePlan;
import io.sluice.cdc.status.PlannedColumn;
import io.sluice.cdc.status.PlannedTable;
import io.sluice.cdc.status.PlannedView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The plan says what a start then does, and leaves everything as it was. */
@Tag("servers")
class PlanTest {
  private static final TableName ORDERS = new TableName("shop", "orders");
  private static final TableName LOG = new TableName("shop", "log");

  private static final AtomicInteger IDS = new AtomicInteger();
  private static PipelineWorld world;

  private String id = "";

  @BeforeAll
  static void open() {
    world = PipelineWorld.open();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void fill() throws Exception {
    id = "plan" + IDS.incrementAndGet();
    world
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.orders (id BIGINT UNSIGNED PRIMARY KEY, at TIME(3), note JSON, pad VARCHAR(2000))",
            "CREATE TABLE shop.log (line VARCHAR(50))",
            "INSERT INTO shop.orders VALUES (1, '10:00:00', '{}', REPEAT('x', 2000)), (2, NULL, NULL, NULL)",
            "INSERT INTO shop.log VALUES ('x')");
  }

  @Test
  void theFirstStartIsPlannedAndNothingIsTouched() throws Exception {
    List<String> before = keys();
    PipelinePlan plan = plan(world.pipeline(id));
    assertThat(plan.startable()).as("%s", plan.problems()).isTrue();
    assertThat(plan.state()).isNull();
    assertThat(plan.stream().position()).isNull();
    assertThat(plan.server().gtidMode()).isEqualTo("ON");
    assertThat(Objects.requireNonNull(plan.view()).method())
        .isEqualTo(PlannedView.Method.GLOBAL_LOCK);
    assertThat(plan.tablesToLoad()).isEqualTo(2);
    assertThat(table(plan, ORDERS).state()).isEqualTo(PlannedTable.State.NEW);
    assertThat(table(plan, ORDERS).key()).containsExactly("id");
    assertThat(table(plan, ORDERS).chunks()).isEqualTo(1);
    assertThat(table(plan, ORDERS).columns())
        .extracting(PlannedColumn::name)
        .containsExactly("id", "at", "note");
    assertThat(table(plan, ORDERS).columns().get(0).carriedAs()).isEqualTo("decimal(20,0)");
    assertThat(table(plan, LOG).oneChunkBecause()).contains("no primary key");
    assertThat(plan.advice())
        .extracting(Finding::problem)
        .anyMatch(p -> p.startsWith("binlog_row_metadata is MINIMAL"));
    assertThat(keys()).isEqualTo(before);
  }

  @Test
  void aLaterPlanKnowsWhatIsLoadedWhatWasRequestedAndWhatIsForgottenAndFencesNobody()
      throws Exception {
    world.catchUp(id);
    List<String> before = keys();
    try (CdcPipeline running = world.pipeline(id).build();
        S3Sink sink = world.sink(id).build()) {
      PipelinePlan loaded = running.plan();
      assertThat(loaded.tables()).allMatch(t -> t.state() == PlannedTable.State.LOADED);
      assertThat(loaded.view()).isNull();
      assertThat(loaded.stream().available()).isTrue();
      assertThat(Objects.requireNonNull(loaded.state()).pid())
          .isEqualTo(ProcessHandle.current().pid());
      assertThat(keys()).isEqualTo(before);
      running.start();
      plan(world.pipeline(id));
      running.stopWhenCaughtUp();
      running.awaitEnd();

      sink.requestReload(new PipelineId(id), ORDERS);
      PipelinePlan narrower =
          plan(world.pipeline(id).source(world.source().exclude("shop.log").build()));
      assertThat(table(narrower, ORDERS).state()).isEqualTo(PlannedTable.State.TO_BE_LOADED_AGAIN);
      assertThat(table(narrower, LOG).state()).isEqualTo(PlannedTable.State.TO_BE_FORGOTTEN);
      assertThat(narrower.startable()).isTrue();
    }
  }

  @Test
  void everythingThatAStartWouldRefuseIsToldAtOnce() throws Exception {
    world.catchUp(id);
    world
        .mysql()
        .execute(
            "CREATE USER poor@'%' IDENTIFIED BY 'p'",
            "GRANT SELECT, REPLICATION CLIENT ON *.* TO poor@'%'",
            "CREATE TABLE shop.place (id INT PRIMARY KEY, _cdc_op INT, _CDC_x INT)",
            "SET GLOBAL binlog_row_image = 'MINIMAL'",
            "FLUSH BINARY LOGS",
            "PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY");
    world.mysql().resetBinlog();
    PipelinePlan plan =
        plan(
            world
                .pipeline(id)
                .source(world.source().user("poor").password("p").build())
                .load(LoadConfig.DEFAULT));
    world.mysql().execute("SET GLOBAL binlog_row_image = 'FULL'", "DROP USER poor@'%'");
    assertThat(plan.startable()).isFalse();
    assertThat(plan.problems())
        .extracting(Finding::problem)
        .anyMatch(p -> p.contains("binlog_row_image is MINIMAL"))
        .anyMatch(p -> p.contains("REPLICATION SLAVE"))
        .anyMatch(p -> p.contains("shop.place._cdc_op"))
        .anyMatch(p -> p.contains("shop.place._CDC_x"))
        .anyMatch(p -> p.contains("lacks transactions that the pipeline has already taken"));
    assertThat(plan.stream().available()).isFalse();
    assertThat(Objects.requireNonNull(plan.view()).method())
        .isEqualTo(PlannedView.Method.QUIET_MOMENT);
  }

  @Test
  void aBucketThatIsMissingOrBelongsToAnotherPipelineIsAProblem() throws Exception {
    world.catchUp(id);
    PipelinePlan missing =
        plan(
            world
                .pipeline(id)
                .sink(world.sink(id).temporaryLocation("s3://no-such-bucket/x").build()));
    assertThat(missing.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.problem()).contains("NoSuchBucket"));
    PipelinePlan others = plan(world.pipeline("other").sink(world.sink(id).build()));
    assertThat(others.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.problem()).contains("belongs to pipeline " + id));
  }

  private static PipelinePlan plan(CdcPipeline.Builder builder) throws InterruptedException {
    try (CdcPipeline pipeline = builder.build()) {
      return pipeline.plan();
    }
  }

  private static PlannedTable table(PipelinePlan plan, TableName name) {
    return plan.tables().stream().filter(t -> t.table().equals(name)).findFirst().orElseThrow();
  }

  /** Every object in both buckets. */
  private List<String> keys() throws Exception {
    Path lake = world.s3().bucketFolder("lake").orElseThrow();
    Path temporary = world.s3().bucketFolder("lake-tmp").orElseThrow();
    try (Stream<Path> a = Files.walk(lake);
        Stream<Path> b = Files.walk(temporary)) {
      return Stream.concat(a, b).filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }
}
