package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that somebody outside asks to load again, by a request in the bucket. */
@Tag("servers")
class ReloadTest {
  private static final PipelineId SHOP = new PipelineId("shop");
  private static final TableName ORDERS = new TableName("shop", "orders");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private PipelineWorld world;

  @BeforeEach
  void open() throws Exception {
    world = PipelineWorld.open();
    world
        .mysql()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.orders (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(50))",
            "CREATE TABLE shop.other (id INT PRIMARY KEY, v INT)",
            "INSERT INTO shop.orders (name) VALUES ('a'), ('b'), ('c')",
            "INSERT INTO shop.other VALUES (1, 1), (2, 2)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aStoppedPipelineLoadsTheTableAtItsNextStartAndOnlyThatTableAndOnlyOnce() throws Exception {
    world.catchUp("shop");
    try (S3Sink sink = world.sink("shop").build()) {
      sink.requestReload(SHOP, ORDERS);
      ReloadRequest request = sink.requestReload(SHOP, ORDERS); // twice is once
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
    world.catchUp("shop");
    try (S3Sink sink = world.sink("shop").build()) {
      ReloadRequest request = sink.requestReload(SHOP, ORDERS);
      Process process = PipelineProcess.start(world, "shop", false, folder.resolve("log"));
      try {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> request.progress().state() != ReloadRequest.State.WAITING);
      } finally {
        process.destroyForcibly().waitFor();
      }
      world.mysql().execute("DELETE FROM shop.orders WHERE name = 'b'");
      world.catchUp("shop");
      assertThat(request.progress().state()).isEqualTo(ReloadRequest.State.LOADED);
      assertThat(requests(sink)).isEmpty();
    }
    assertEqual();
  }

  @Test
  void aRunningPipelineTakesTheRequestIsNotFencedAndRemovesWhatItDoesNotInclude() throws Exception {
    TableName excluded = new TableName("elsewhere", "t");
    try (CdcPipeline pipeline = world.pipeline("shop").build();
        S3Sink sink = world.sink("shop").build()) {
      pipeline.start();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> pipeline.status().state() == PipelineState.STREAMING);
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('d')");
      ReloadRequest request = sink.requestReload(SHOP, ORDERS);
      sink.requestReload(SHOP, excluded);
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
    try (S3Sink sink = world.sink("shop").build()) {
      assertThat(sink.look(SHOP)).isNull();
      assertThatThrownBy(() -> sink.requestReload(SHOP, ORDERS))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("Pipeline shop has no state in s3://lake/raw/shop");
      assertThat(world.s3().bucketFolder("lake").orElseThrow()).isEmptyDirectory();
      try (CdcPipeline pipeline = world.pipeline("shop").build()) {
        pipeline.start();
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> pipeline.status().state() == PipelineState.STREAMING);
        SinkLook look = Objects.requireNonNull(sink.look(SHOP));
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

  private long loadedRowsOfNextRun() throws InterruptedException {
    try (CdcPipeline pipeline = world.pipeline("shop").build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
      return pipeline.status().rows().loads();
    }
  }

  private static List<TableName> requests(S3Sink sink) throws InterruptedException {
    return Objects.requireNonNull(sink.look(SHOP)).reloadRequests();
  }

  private void assertEqual() throws Exception {
    CheckReport report = world.check("shop");
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }
}
