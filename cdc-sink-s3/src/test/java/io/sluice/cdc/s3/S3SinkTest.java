package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitReceipt;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Stage;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class S3SinkTest {
  private final Lake lake = new Lake();
  private final TableSchema orders = Rows.table("shop", "orders");

  @Test
  void aFreshPipelineStartsFromNothing() throws Exception {
    try (S3Sink sink = lake.sink()) {
      ResumePoint point = sink.open(Rows.PIPELINE);
      assertThat(point.lastCommit()).isEqualTo(1);
      assertThat(point.epoch()).isEqualTo(1);
      assertThat(point.lastSequence()).isZero();
      assertThat(point.source()).isNull();
      assertThat(point.schemas()).isEmpty();
    }
  }

  @Test
  void committedRowsBecomeReadableAndTheirStagedFilesGo() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      Stage stage = sink.stage();
      stage.write(Rows.changes(orders, 1, 1000));
      stage.write(Rows.changes(Rows.table("shop", "items"), 1001, 1500));
      assertThat(lake.data()).isEmpty();
      CommitReceipt receipt = commit(sink, stage, Rows.request(1, 1500));
      receipt.promoted().get(20, TimeUnit.SECONDS);
      assertThat(receipt.commit()).isEqualTo(2);
      assertThat(receipt.files()).isEqualTo(2);
      assertThat(receipt.rows()).isEqualTo(1500);
      assertThat(lake.data())
          .containsExactly(
              "raw/shop/items/dt=2026-03-04/00000000000000000002-00001-change.parquet",
              "raw/shop/orders/dt=2026-03-04/00000000000000000002-00000-change.parquet");
      assertThat(
              lake.query(
                  "select count(*), min(_cdc_seq), max(_cdc_seq), min(_cdc_op), max(name) from {}",
                  "shop",
                  "orders"))
          .containsExactly("1000|1|1000|c|name-999");
    }
    assertThat(lake.staged()).isEmpty();
    assertThat(lake.state("promoted")).containsExactly("00000000000000000002.json");
  }

  @Test
  void theNextStartGoesOnWhereTheLastCommitEnded() throws Exception {
    LoadView view = new LoadView(1, 1, new SourcePosition("binlog.000001", 4, null, "uuid"), 77);
    TableLoad load =
        new TableLoad(
            orders.table(), false, List.of(new LoadedRange(1, null, List.of("5"))), 5, 99);
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      Stage stage = sink.stage();
      stage.write(Rows.load(orders, 1, 5));
      commit(
          sink,
          stage,
          new CommitRequest(
              null,
              1,
              1,
              false,
              List.of("ddl 1"),
              new LoadChange(List.of(view), List.of(), List.of(load), List.of()),
              List.of(Rows.table("shop", "empty"))));
      commit(
          sink,
          sink.stage(),
          new CommitRequest(
              Rows.state(41), 2, 41, false, List.of("ddl 2"), LoadChange.NONE, List.of(orders)));
    }
    try (S3Sink sink = lake.sink()) {
      ResumePoint point = sink.open(Rows.PIPELINE);
      assertThat(point.lastCommit()).isEqualTo(4);
      assertThat(point.epoch()).isEqualTo(2);
      assertThat(point.lastSequence()).isEqualTo(41);
      assertThat(point.source()).isEqualTo(Rows.state(41));
      assertThat(point.schemaHistory()).containsExactly("ddl 1", "ddl 2");
      assertThat(point.load().views()).containsExactly(view);
      assertThat(point.load().tables()).containsExactly(load);
      assertThat(point.schemas()).containsExactly(Rows.table("shop", "empty"), orders);
    }
  }

  @Test
  void aDiscardedStageLeavesNothing() throws Exception {
    try (S3Sink sink = lake.builder().memory(16 << 20).build()) {
      sink.open(Rows.PIPELINE);
      Stage small = sink.stage();
      small.write(Rows.changes(orders, 1, 10));
      small.finish();
      assertThat(lake.staged()).hasSize(1);
      small.discard();
      small.discard();
      Stage large = sink.stage();
      large.write(Rows.noise(orders, 1, 6000, 5000));
      large.discard();
      assertThat(lake.staged()).isEmpty();
      commit(sink, sink.stage(), Rows.request(1, 1));
    }
    assertThat(lake.data()).isEmpty();
    assertThat(Lake.keys(lake.temporaryFolder())).containsExactly("sluice/shop/owner.json");
  }

  @Test
  void aLargeFileGoesInPartsAndIsWhole() throws Exception {
    try (S3Sink sink = lake.builder().memory(64 << 20).rowGroupBytes(4 << 20).build()) {
      sink.open(Rows.PIPELINE);
      Stage stage = sink.stage();
      for (int i = 0; i < 6; i++) {
        stage.write(Rows.noise(orders, 1 + i * 1000L, 1000, 6000));
      }
      assertThat(stage.bytes()).isGreaterThan(20 << 20);
      CommitReceipt receipt = commit(sink, stage, Rows.request(1, 6000));
      receipt.promoted().get(30, TimeUnit.SECONDS);
      assertThat(receipt.files()).isEqualTo(1);
      assertThat(
              lake.query(
                  "select count(*), count(distinct _cdc_seq), min(length(name)) from {}",
                  "shop",
                  "orders"))
          .containsExactly("6000|6000|6000");
    }
  }

  @Test
  void fiveHundredTablesStayWithinTheBudgetOfMemory() throws Exception {
    try (S3Sink sink = lake.builder().memory(16 << 20).build()) {
      sink.open(Rows.PIPELINE);
      Stage stage = sink.stage();
      long sequence = 1;
      for (int round = 0; round < 4; round++) {
        for (int table = 0; table < 100; table++) {
          stage.write(Rows.noise(Rows.table("shop", "t" + table), sequence, 40, 2000));
          sequence += 40;
        }
      }
      CommitReceipt receipt = commit(sink, stage, Rows.request(1, sequence - 1));
      receipt.promoted().get(60, TimeUnit.SECONDS);
      assertThat(receipt.rows()).isEqualTo(16_000);
      assertThat(receipt.files()).isBetween(101, 400);
      assertThat(lake.query("select count(*), sum(length(name)) from {}", "shop", "t7"))
          .containsExactly("160|320000");
    }
  }

  @Test
  void namesOfTablesAreEscapedAndDoNotCollide() throws Exception {
    List<TableSchema> tables =
        List.of(
            Rows.table("a", "b+c"),
            Rows.table("a.b", "c"),
            Rows.table("a", "b.c"),
            Rows.table("_x", ".y"),
            Rows.table("x", "Ab"),
            Rows.table("x", "ab"),
            Rows.table("x", "a/b"),
            Rows.table("x", "a%2Fb"),
            Rows.table("x", "żółw 🐢"),
            Rows.table("x", "dt=1"),
            Rows.table("x", "o'\"`$;-- drop"));
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      Stage stage = sink.stage();
      long sequence = 1;
      for (TableSchema table : tables) {
        stage.write(Rows.changes(table, sequence, sequence++));
      }
      commit(sink, stage, Rows.request(1, sequence - 1)).promoted().get(20, TimeUnit.SECONDS);
    }
    assertThat(lake.data())
        .extracting(k -> k.replaceAll("/dt=2026.*", ""))
        .containsExactlyInAnyOrder(
            "raw/a/b%2Bc",
            "raw/a.b/c",
            "raw/a/b.c",
            "raw/%5Fx/%2Ey",
            "raw/x/Ab",
            "raw/x/ab",
            "raw/x/a%2Fb",
            "raw/x/a%252Fb",
            "raw/x/żółw%20%F0%9F%90%A2",
            "raw/x/dt%3D1",
            "raw/x/o%27%22%60%24%3B--%20drop");
  }

  @Test
  void structuresAreNumberedForEachTableAndToldOnce() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      Stage first = sink.stage();
      first.write(Rows.changes(orders, 1, 2));
      first.write(Rows.changes(Rows.wider(orders), 3, 4));
      commit(sink, first, Rows.request(1, 4, List.of(orders, Rows.wider(orders))));
      Stage second = sink.stage();
      second.write(Rows.changes(Rows.wider(orders), 5, 5));
      commit(sink, second, Rows.request(5, 5)).promoted().get(20, TimeUnit.SECONDS);
      assertThat(lake.query("select count(*), count(more) from {}", "shop", "orders"))
          .containsExactly("5|3");
    }
    try (S3Sink sink = lake.sink()) {
      assertThat(sink.open(Rows.PIPELINE).schemas()).containsExactly(Rows.wider(orders));
      Stage stage = sink.stage();
      stage.write(Rows.changes(Rows.wider(orders), 6, 6));
      commit(sink, stage, Rows.request(6, 6));
    }
    assertThat(log(2)).contains("\"version\":1", "\"version\":2", "\"schema\":1", "\"schema\":2");
    assertThat(log(3)).doesNotContain("\"version\":").contains("\"schema\":2");
    assertThat(log(5)).doesNotContain("\"version\":").contains("\"schema\":2");
  }

  @Test
  void theSecondWriterFencesTheFirst() throws Exception {
    try (S3Sink first = lake.sink();
        S3Sink second = lake.sink()) {
      first.open(Rows.PIPELINE);
      Stage stage = first.stage();
      stage.write(Rows.changes(orders, 1, 5));
      assertThat(second.open(Rows.PIPELINE).epoch()).isEqualTo(2);
      CommitOutcome outcome = first.commit(stage, Rows.request(1, 5));
      assertThat(outcome).isInstanceOf(CommitOutcome.NotCommitted.class);
      String message = ((CommitOutcome.NotCommitted) outcome).reason().getMessage();
      assertThat(message)
          .contains(
              "Pipeline shop was taken over: epoch 2 belongs to process "
                  + ProcessHandle.current().pid())
          .contains("on host")
          .contains("since 20")
          .contains("this process has epoch 1");
      assertThatThrownBy(first::stage)
          .hasMessageContaining("takes no more")
          .hasMessageContaining("epoch 2");
      Stage other = second.stage();
      other.write(Rows.changes(orders, 1, 3));
      commit(second, other, Rows.request(1, 3)).promoted().get(20, TimeUnit.SECONDS);
    }
    assertThat(lake.query("select count(*) from {}", "shop", "orders")).containsExactly("3");
    assertThat(lake.staged()).isEmpty();
  }

  @Test
  void stagesMayBeFilledSideBySideAndCommittedInAnyOrder() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      Stage one = sink.stage();
      Stage two = sink.stage();
      one.write(Rows.load(orders, 1, 10));
      two.write(Rows.changes(orders, 2, 11));
      commit(sink, two, Rows.request(2, 11));
      one.write(Rows.load(orders, 1, 10));
      commit(sink, one, Rows.request(0, 11)).promoted().get(20, TimeUnit.SECONDS);
    }
    assertThat(
            lake.query("select _cdc_op, count(*) from {} group by 1 order by 1", "shop", "orders"))
        .containsExactly("c|10", "r|20");
  }

  @Test
  void checkpointsKeepTheNextStartShort() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      for (int i = 1; i <= 450; i++) {
        commit(sink, sink.stage(), Rows.request(i, i));
      }
    }
    assertThat(lake.state("checkpoint"))
        .containsExactly(
            "00000000000000000201.json", "00000000000000000301.json", "00000000000000000401.json");
    try (S3Sink sink = lake.sink()) {
      ResumePoint point = sink.open(Rows.PIPELINE);
      assertThat(point.lastSequence()).isEqualTo(450);
      assertThat(point.source()).isEqualTo(Rows.state(450));
    }
  }

  @Test
  void everyConfigurationProblemIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                S3Sink.builder()
                    .finalLocation("lake/raw")
                    .compression("lzo")
                    .rowGroupBytes(5)
                    .memory(1)
                    .build())
        .hasMessageContaining("s3.region: is missing")
        .hasMessageContaining("s3.final: 'lake/raw' is not of the form s3://bucket/prefix")
        .hasMessageContaining("s3.temporary: is missing")
        .hasMessageContaining("parquet.compression: 'lzo' is not zstd")
        .hasMessageContaining("parquet.rowGroupBytes: '5'")
        .hasMessageContaining("limits.memory: '1'");
    assertThatThrownBy(
            () -> lake.builder().temporaryLocation("s3://" + lake.finalBucket + "/raw/tmp").build())
        .hasMessageContaining("s3.temporary")
        .hasMessageContaining("keep them apart");
  }

  @Test
  void aMissingBucketIsNamed() {
    assertThatThrownBy(
            () -> lake.builder().finalLocation("s3://no-such-lake/raw").build().open(Rows.PIPELINE))
        .hasMessageContaining("s3://no-such-lake/raw")
        .hasMessageContaining("Create the bucket no-such-lake");
    assertThatThrownBy(
            () ->
                lake.builder()
                    .temporaryLocation("s3://no-such-lake/tmp")
                    .build()
                    .open(Rows.PIPELINE))
        .hasMessageContaining("s3://no-such-lake/tmp")
        .hasMessageContaining("Create the bucket no-such-lake");
  }

  @Test
  void wrongCredentialsAreNamedWithThePermission() {
    assertThatThrownBy(
            () ->
                lake.builder()
                    .credentials(Lake.server().accessKey(), "wrong")
                    .build()
                    .open(Rows.PIPELINE))
        .hasMessageContaining("s3:PutObject")
        .hasMessageContaining("bucket " + lake.finalBucket)
        .hasMessageContaining("credentials");
  }

  @Test
  void aPrefixThatBelongsToAnotherPipelineIsRefused() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
    }
    assertThatThrownBy(() -> lake.sink().open(new PipelineId("other")))
        .hasMessageContaining(
            "s3.final s3://" + lake.finalBucket + "/raw belongs to pipeline shop");
    assertThatThrownBy(
            () ->
                lake.builder()
                    .finalLocation("s3://" + lake.finalBucket + "/elsewhere")
                    .build()
                    .open(Rows.PIPELINE))
        .hasMessageContaining("s3.temporary")
        .hasMessageContaining("is used by the one that writes to s3://");
  }

  private String log(long commit) throws Exception {
    return Files.readString(
        lake.finalFolder().resolve("raw/_sluice/shop/log/" + String.format("%020d.json", commit)));
  }

  static CommitReceipt commit(S3Sink sink, Stage stage, CommitRequest request) throws Exception {
    CommitOutcome outcome = sink.commit(stage, request);
    if (outcome instanceof CommitOutcome.Committed committed) {
      return committed.receipt();
    }
    throw new AssertionError(outcome);
  }
}
