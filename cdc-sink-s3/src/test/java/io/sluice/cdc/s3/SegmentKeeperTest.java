package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.s3.internal.segment.SegmentKeeper;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipeline copies every thousand records of its log, and nothing of it disturbs a commit. */
@Tag("servers")
@Timeout(180)
class SegmentKeeperTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final RequestMatch PUT =
      RequestMatch.of(S3Operation.PUT_OBJECT).key(".*/segment/.*");

  private final Lake lake = new Lake();
  private final WrittenLog log = new WrittenLog(lake);

  @Test
  void aSegmentIsMadeWhenItsLastRecordIsCommittedAndHoldsThemByteForByte() throws Exception {
    log.write(1, 995);
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE); // the claim is 996
      commit(sink, 3);
      assertThat(lake.state("segment")).isEmpty();
      commit(sink, 1);
      awaitSegments(1);
    }
    ByteArrayOutputStream wanted = new ByteArrayOutputStream();
    for (byte[] line : log.lines(1000)) {
      wanted.write(line);
      wanted.write('\n');
    }
    byte[] gzip = Files.readAllBytes(log.segment(1000));
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
        .isEqualTo(wanted.toByteArray());
  }

  @Test
  void aStartMakesThoseThatAreMissingAndNoOther() throws Exception {
    log.write(1, 3500);
    log.writeSegments(3500);
    Files.delete(log.segment(2000));
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        S3Sink sink = lake.builder(proxy.endpoint()).build()) {
      FaultRule puts = proxy.watch(PUT);
      sink.open(Rows.PIPELINE);
      awaitSegments(3);
      assertThat(puts.fired()).isEqualTo(1);
    }
  }

  @Test
  void whereOlderRecordsWereRemovedSegmentsBeginBehindThem() throws Exception {
    log.write(1, 3000);
    log.checkpoint(3000);
    for (int commit = 1; commit <= 1500; commit++) {
      Files.delete(log.record(commit));
    }
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      awaitSegments(1);
      assertThat(log.segment(3000)).exists();
    }
  }

  @Test
  void aDamagedRecordIsToldAndKeepsNoOtherSegmentAway() throws Exception {
    log.write(1, 2100);
    log.checkpoint(2100);
    Files.writeString(log.record(700), "{}");
    try (Told told = new Told(SegmentKeeper.class);
        S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      awaitSegments(1);
      assertThat(log.segment(2000)).exists();
      assertThat(told.warnings()).hasSize(1).first().asString().contains("00700.json is damaged");
    }
  }

  @Test
  void aBucketThatRefusesThemDisturbsNothingAndIsToldOnce() throws Exception {
    log.write(1, 1990);
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        Told told = new Told(SegmentKeeper.class);
        S3Sink sink = lake.builder(proxy.endpoint()).build()) {
      FaultRule refused = proxy.add(PUT, Fault.accessDenied());
      sink.open(Rows.PIPELINE);
      Awaitility.await().atMost(PATIENCE).until(() -> refused.fired() == 1);
      commit(sink, 20);
      Awaitility.await().atMost(PATIENCE).until(() -> refused.fired() == 2);
      commit(sink, 5);
      assertThat(told.warnings()).hasSize(1);
      assertThat(told.warnings().get(0))
          .contains("raw/_sluice/shop/segment/00000000000000001000.jsonl.gz")
          .contains("s3:PutObject");
    }
    assertThat(lake.state("segment")).isEmpty();
    assertThat(lake.state("log")).hasSize(1990 + 1 + 25);
  }

  @Test
  void aSinkIsClosedPromptlyWhileOneIsBeingMade() throws Exception {
    log.write(1, 1010);
    try (FaultProxy proxy = FaultProxy.open(Lake.server())) {
      FaultRule slow = proxy.add(PUT, Fault.delay(Duration.ofSeconds(60)));
      S3Sink sink = lake.builder(proxy.endpoint()).build();
      sink.open(Rows.PIPELINE);
      Awaitility.await().atMost(PATIENCE).until(() -> slow.fired() == 1);
      commit(sink, 1);
      long start = System.nanoTime();
      sink.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void whatCompressesToMoreThanReadersHoldIsLeftOut() throws Exception {
    // 1,000 records of 64 KiB of noise each, of which 3/4 are left
    log.writeLarge(1, 1000, 64 << 10);
    log.checkpoint(1000);
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        Told told = new Told(SegmentKeeper.class);
        S3Sink sink = lake.builder(proxy.endpoint()).build()) {
      FaultRule puts = proxy.watch(PUT);
      FaultRule gets = proxy.watch(RequestMatch.of(S3Operation.GET_OBJECT).key(".*/log/.*"));
      sink.open(Rows.PIPELINE);
      long before;
      do {
        before = gets.fired();
        Thread.sleep(1000);
      } while (before == 0 || gets.fired() > before);
      assertThat(gets.fired()).isBetween(500L, 999L);
      assertThat(puts.fired()).isZero();
      assertThat(told.warnings()).isEmpty();
    }
  }

  private void awaitSegments(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> lake.state("segment").size() == count);
  }

  /** Commits that carry a position alone. */
  private static void commit(S3Sink sink, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      CommitRequest nothing =
          new CommitRequest(Rows.state(1), 0, 3500, false, List.of(), LoadChange.NONE, List.of());
      assertThat(sink.commit(sink.stage(), nothing)).isInstanceOf(CommitOutcome.Committed.class);
    }
  }
}
