package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.ReloadRequest;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.sink.SinkLook;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.check.CheckReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that somebody outside asks to load again, by a request in the bucket. */
@Tag("servers")
class ReloadTest {
  private static final AtomicInteger IDS = new AtomicInteger();
  private static final TableName ORDERS = new TableName("shop", "orders");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static PipelineWorld world;

  @TempDir Path folder;
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
    id = "reload" + IDS.incrementAndGet();
    world
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.orders (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(50))",
            "CREATE TABLE shop.other (id INT PRIMARY KEY, v INT)",
            "INSERT INTO shop.orders (name) VALUES ('a'), ('b'), ('c')",
            "INSERT INTO shop.other VALUES (1, 1), (2, 2)");
  }

  @Test
  void aStoppedPipelineLoadsTheTableAtItsNextStartAndOnlyThatTableAndOnlyOnce() throws Exception {
    world.catchUp(id);
    try (S3Sink sink = world.sink(id).build()) {
      sink.requestReload(new PipelineId(id), ORDERS);
      ReloadRequest request = sink.requestReload(new PipelineId(id), ORDERS); // twice is once
      assertThat(request.progress().state()).isEqualTo(ReloadRequest.State.WAITING);
      assertThat(requests(sink)).containsExactly(ORDERS);
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('d')");

      assertThat(loadedRowsOfNextRun()).isEqualTo(4);

      assertThat(request.progress())
          .isEqualTo(new ReloadRequest.Progress(ReloadRequest.State.LOADED, 4));
      assertThat(requests(sink)).isEmpty();
    }
    assertThat(loadedRowsOfNextRun()).isZero();
    assertEqual();
  }

  @Test
  void aPipelineThatIsKilledWithTheRequestLoadsTheTableAtItsNextStart() throws Exception {
    world.catchUp(id);
    try (S3Sink sink = world.sink(id).build()) {
      ReloadRequest request = sink.requestReload(new PipelineId(id), ORDERS);
      Process process = PipelineProcess.start(world, id, false, folder.resolve("log"));
      try {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> request.progress().state() != ReloadRequest.State.WAITING);
      } finally {
        process.destroyForcibly().waitFor();
      }
      world.mysql().execute("DELETE FROM shop.orders WHERE name = 'b'");
      world.catchUp(id);
      assertThat(request.progress().state()).isEqualTo(ReloadRequest.State.LOADED);
      assertThat(requests(sink)).isEmpty();
    }
    assertEqual();
  }

  @Test
  void aRunningPipelineTakesTheRequestIsNotFencedAndRemovesWhatItDoesNotInclude() throws Exception {
    TableName excluded = new TableName("elsewhere", "t");
    try (CdcPipeline pipeline = world.pipeline(id).build();
        S3Sink sink = world.sink(id).build()) {
      pipeline.start();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> pipeline.status().state() == PipelineState.STREAMING);
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('d')");
      ReloadRequest request = sink.requestReload(new PipelineId(id), ORDERS);
      sink.requestReload(new PipelineId(id), excluded);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> request.progress().state() == ReloadRequest.State.LOADED);
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('after')");
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
      assertThat(pipeline.status().rows().truncates()).isEqualTo(1);
      assertThat(pipeline.status().rows().loads()).isEqualTo(3 + 2 + 4);
      assertThat(requests(sink)).isEmpty();
    }
    assertEqual();
  }

  @Test
  void aLookTellsStateAndWriterAndFencesNobody() throws Exception {
    try (S3Sink sink = world.sink(id).build()) {
      assertThat(sink.look(new PipelineId(id))).isNull();
      assertThatThrownBy(() -> sink.requestReload(new PipelineId(id), ORDERS))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("Pipeline " + id + " has no state in s3://lake/raw/" + id);
      assertThat(world.s3().bucketFolder("lake").orElseThrow().resolve("raw").resolve(id))
          .doesNotExist();
      try (CdcPipeline pipeline = world.pipeline(id).build()) {
        pipeline.start();
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> pipeline.status().state() == PipelineState.STREAMING);
        SinkLook look = Objects.requireNonNull(sink.look(new PipelineId(id)));
        assertThat(look.writer().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(look.state().epoch()).isEqualTo(1);
        assertThat(look.state().load().tables()).hasSize(2).allMatch(t -> t.done());
        world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('still alive')");
        pipeline.stopWhenCaughtUp();
        pipeline.awaitEnd();
      }
    }
    assertEqual();
  }

  @Test
  void aTableWhoseKeyComparesOtherwiseThanInTheLoadThatWasCutShortIsLoadedFromItsStart()
      throws Exception {
    int words = 30_000;
    world
        .mysql()
        .execute(
            "USE shop",
            "SET SESSION cte_max_recursion_depth = 100000",
            "CREATE TABLE words (k VARCHAR(40) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, pad VARCHAR(200))",
            "INSERT INTO words WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
                + words
                + ") SELECT CONCAT(IF(n % 2, 'a', 'B'), LEFT(SHA2(n, 256), 32)), REPEAT('x', 200) FROM s",
            "ANALYZE TABLE words");
    try (CdcPipeline pipeline =
        world.pipeline(id).load(new LoadConfig(LoadMode.INITIAL, 1, 64 << 10)).build()) {
      pipeline.start();
      Awaitility.await().atMost(PATIENCE).until(() -> pipeline.status().rows().loads() > 2000);
    }
    try (S3Sink sink = world.sink(id).build()) {
      SinkLook look = Objects.requireNonNull(sink.look(new PipelineId(id)));
      assertThat(look.state().load().table(new TableName("shop", "words")))
          .matches(t -> t != null && !t.done() && t.rows() > 0 && t.keyOrder() != null);
    }
    world
        .mysql()
        .execute("ALTER TABLE shop.words MODIFY k VARCHAR(40) COLLATE utf8mb4_bin NOT NULL");

    assertThat(loadedRowsOfNextRun()).isBetween((long) words, words + 5L);
    assertEqual();
  }

  private long loadedRowsOfNextRun() throws InterruptedException {
    try (CdcPipeline pipeline = world.pipeline(id).build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
      return pipeline.status().rows().loads();
    }
  }

  private List<TableName> requests(S3Sink sink) throws InterruptedException {
    return Objects.requireNonNull(sink.look(new PipelineId(id))).reloadRequests();
  }

  private void assertEqual() throws Exception {
    CheckReport report = world.check(id);
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }
}
