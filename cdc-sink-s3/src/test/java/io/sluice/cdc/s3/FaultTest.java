package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.cdc.error.CommitUnknownException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitReceipt;
import io.sluice.cdc.sink.Stage;
import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink does when requests go wrong; the ids are those of the table of faults. */
class FaultTest {
  private static final RequestMatch LOG_PUT =
      RequestMatch.of(S3Operation.PUT_OBJECT).key(".*/log/.*");
  private static final RequestMatch LOG_GET =
      RequestMatch.of(S3Operation.GET_OBJECT).key(".*/log/.*");
  private static final RequestMatch STAGED_PUT =
      RequestMatch.of(S3Operation.PUT_OBJECT).key(".*-tmp/sluice/.*parquet|sluice/.*parquet");

  private final Lake lake = new Lake();
  private final FaultProxy proxy = FaultProxy.open(Lake.server());
  private final TableSchema orders = Rows.table("shop", "orders");
  private final S3Sink sink = sink(Duration.ofSeconds(20));

  @AfterEach
  void close() {
    proxy.clear();
    sink.close();
    proxy.close();
  }

  @Test
  void f04aCommitWhoseAnswerWasLostIsRecognisedAsOurOwn() throws Exception {
    sink.open(Rows.PIPELINE);
    FaultRule lost = proxy.add(LOG_PUT.nth(1), Fault.loseAnswer());
    commitOf(sink, 1, 10).promoted().get(20, TimeUnit.SECONDS);
    assertThat(lost.fired()).isEqualTo(1);
    expectRows(10);
    commitOf(sink, 11, 20).promoted().get(20, TimeUnit.SECONDS);
    expectRows(20);
  }

  /** One reader of a load failed and interrupted the others; one of them was just committing. */
  @Test
  void aCommitThatIsInterruptedStillTellsHowItEnded() throws Exception {
    sink.open(Rows.PIPELINE);
    FaultRule slow = proxy.add(LOG_PUT.nth(1), Fault.delay(Duration.ofSeconds(1)));
    Thread.currentThread().interrupt();
    Stage stage = sink.stage();
    assertThatThrownBy(() -> S3SinkTest.commit(sink, stage, Rows.request(1, 10)))
        .as("before the commit has begun an interrupt ends it, and nothing has happened")
        .isInstanceOf(InterruptedException.class);
    stage.discard();
    Thread committing = Thread.currentThread();
    Thread neighbour =
        new Thread(
            () -> {
              await().until(() -> slow.fired() == 1);
              committing.interrupt();
            });
    neighbour.start();
    CommitReceipt receipt = commitOf(sink, 1, 10);
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    neighbour.join();
    receipt.promoted().get(20, TimeUnit.SECONDS);
    commitOf(sink, 11, 20).promoted().get(20, TimeUnit.SECONDS);
    expectRows(20);
  }

  @Test
  void f05aCommitThatNeverArrivedIsSentAgain() throws Exception {
    sink.open(Rows.PIPELINE);
    FaultRule dropped = proxy.add(LOG_PUT.first(2), Fault.dropRequest());
    commitOf(sink, 1, 10).promoted().get(20, TimeUnit.SECONDS);
    assertThat(dropped.fired()).isEqualTo(2);
    expectRows(10);
  }

  @Test
  void f06aCommitOfUnknownOutcomeStopsLoudlyAndDeletesNothing() throws Exception {
    S3Sink impatient = sink(Duration.ofSeconds(2));
    impatient.open(Rows.PIPELINE);
    proxy.add(LOG_PUT.nth(1), Fault.loseAnswer());
    proxy.add(LOG_GET, Fault.internalError());
    Stage stage = stageOf(impatient, 1, 10);
    CommitOutcome outcome = impatient.commit(stage, Rows.request(1, 10));
    assertThat(outcome).isInstanceOf(CommitOutcome.Unknown.class);
    assertThat(((CommitOutcome.Unknown) outcome).reason())
        .isInstanceOf(CommitUnknownException.class)
        .hasMessageContaining("The commit outcome is unknown: commit 2 of pipeline shop")
        .hasMessageContaining(
            "s3://" + lake.finalBucket + "/raw/_sluice/shop/log/00000000000000000002.json")
        .hasMessageContaining("Nothing was deleted")
        .hasMessageContaining("start again");
    stage.discard();
    impatient.close();
    assertThat(lake.staged()).hasSize(1);
    proxy.clear();
    assertThat(sink.open(Rows.PIPELINE).lastSequence()).isEqualTo(10);
    expectRows(10);
    assertThat(lake.staged()).isEmpty();
  }

  @Test
  void f06aCommitThatIsNeitherAnsweredNorThereIsUnknownToo() throws Exception {
    S3Sink impatient = sink(Duration.ofSeconds(2));
    impatient.open(Rows.PIPELINE);
    proxy.add(LOG_PUT, Fault.dropRequest());
    CommitOutcome outcome = impatient.commit(stageOf(impatient, 1, 10), Rows.request(1, 10));
    assertThat(outcome).isInstanceOf(CommitOutcome.Unknown.class);
    impatient.close();
    proxy.clear();
    assertThat(sink.open(Rows.PIPELINE).lastSequence()).isZero();
    assertThat(lake.data()).isEmpty();
    assertThat(lake.staged()).isEmpty();
  }

  @Test
  void f09aStoreThatIgnoresTheConditionIsRefusedByName() {
    proxy.add(RequestMatch.any(), Fault.ignoreIfNoneMatch());
    assertThatThrownBy(() -> sink.open(Rows.PIPELINE))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("The store at " + proxy.endpoint() + " ignores If-None-Match")
        .hasMessageContaining("s3.endpoint");
    assertThat(lake.state("log")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void f10aConflictIsTriedAgain(int times) throws Exception {
    sink.open(Rows.PIPELINE);
    FaultRule conflict = proxy.add(LOG_PUT.first(times), Fault.conflict());
    commitOf(sink, 1, 10).promoted().get(20, TimeUnit.SECONDS);
    assertThat(conflict.fired()).isEqualTo(times);
    expectRows(10);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "PUT_OBJECT",
        "COPY_OBJECT",
        "DELETE_OBJECTS",
        "UPLOAD_PART",
        "COMPLETE_MULTIPART",
        "CREATE_MULTIPART"
      })
  void f11burstsOfErrorsAreRiddenOut(S3Operation operation) throws Exception {
    sink.open(Rows.PIPELINE);
    FaultRule slow = proxy.add(RequestMatch.of(operation).first(3), Fault.slowDown());
    FaultRule error = proxy.add(RequestMatch.of(operation).first(4), Fault.internalError());
    Stage stage = sink.stage();
    stage.write(Rows.noise(orders, 1, 3000, 4000));
    CommitReceipt receipt = commitOf(sink, stage, 1, 3000);
    commitOf(sink, 3001, 3010).promoted().get(30, TimeUnit.SECONDS);
    receipt.promoted().get(30, TimeUnit.SECONDS);
    expectRows(3010);
    sink.close();
    assertThat(slow.fired() + error.fired()).isGreaterThanOrEqualTo(4);
    assertThat(lake.staged()).isEmpty();
  }

  @Test
  void f11anOutageMakesTheWriterWaitAndNotTheHeapGrow() throws Exception {
    S3Sink small = lake.builder(proxy.endpoint()).memory(16 << 20).build();
    small.open(Rows.PIPELINE);
    FaultRule outage = proxy.add(RequestMatch.any(), Fault.answer(503, "ServiceUnavailable"));
    Thread back =
        new Thread(
            () -> {
              while (outage.fired() < 6) {
                Thread.onSpinWait();
              }
              proxy.remove(outage);
            });
    back.start();
    Stage stage = small.stage();
    for (int i = 0; i < 20; i++) {
      stage.write(Rows.noise(orders, 1 + i * 1000L, 1000, 4000));
    }
    commitOf(small, stage, 1, 20_000).promoted().get(60, TimeUnit.SECONDS);
    back.join();
    small.close();
    expectRows(20_000);
  }

  @Test
  void f11whatLastsTooLongEndsLoudlyAndLosesNothing() throws Exception {
    S3Sink impatient = sink(Duration.ofSeconds(1));
    impatient.open(Rows.PIPELINE);
    commitOf(impatient, 1, 10).promoted().get(20, TimeUnit.SECONDS);
    proxy.add(STAGED_PUT, Fault.slowDown());
    CommitOutcome outcome = impatient.commit(stageOf(impatient, 11, 20), Rows.request(11, 20));
    assertThat(outcome).isInstanceOf(CommitOutcome.NotCommitted.class);
    assertThat(((CommitOutcome.NotCommitted) outcome).reason())
        .hasMessageContaining("Cannot write s3://" + lake.temporaryBucket + "/sluice/shop/")
        .hasMessageContaining("503 SlowDown")
        .hasMessageContaining("start again");
    impatient.close();
    proxy.clear();
    assertThat(sink.open(Rows.PIPELINE).lastSequence()).isEqualTo(10);
    expectRows(10);
  }

  @Test
  void f12expiredKeysNameBucketKeyAndPermission() throws Exception {
    sink.open(Rows.PIPELINE);
    commitOf(sink, 1, 10).promoted().get(20, TimeUnit.SECONDS);
    proxy.add(STAGED_PUT, Fault.expiredToken());
    CommitOutcome outcome = sink.commit(stageOf(sink, 11, 20), Rows.request(11, 20));
    assertThat(((CommitOutcome.NotCommitted) outcome).reason())
        .hasMessageContaining("s3://" + lake.temporaryBucket + "/sluice/shop/0000000001/")
        .hasMessageContaining("ExpiredToken")
        .hasMessageContaining("s3:PutObject on bucket " + lake.temporaryBucket);
    restartAndExpect(10);
  }

  @Test
  void f12aForbiddenCommitIsCertainlyNotCommitted() throws Exception {
    sink.open(Rows.PIPELINE);
    proxy.add(LOG_PUT, Fault.accessDenied());
    CommitOutcome outcome = sink.commit(stageOf(sink, 1, 10), Rows.request(1, 10));
    assertThat(((CommitOutcome.NotCommitted) outcome).reason())
        .hasMessageContaining(
            "s3://" + lake.finalBucket + "/raw/_sluice/shop/log/00000000000000000002.json")
        .hasMessageContaining("403 AccessDenied")
        .hasMessageContaining("s3:PutObject on bucket " + lake.finalBucket);
    assertThat(lake.staged()).isEmpty();
    restartAndExpect(0);
  }

  @Test
  void f12aForbiddenCopyLeavesTheCommitStandingAndStopsTheNext() throws Exception {
    sink.open(Rows.PIPELINE);
    proxy.add(RequestMatch.of(S3Operation.COPY_OBJECT), Fault.accessDenied());
    CommitReceipt receipt = commitOf(sink, 1, 10);
    assertThatThrownBy(() -> receipt.promoted().get(20, TimeUnit.SECONDS))
        .hasMessageContaining("copy " + lake.temporaryBucket)
        .hasMessageContaining("403 AccessDenied");
    CommitOutcome outcome = sink.commit(stageOf(sink, 11, 20), Rows.request(11, 20));
    assertThat(outcome).isInstanceOf(CommitOutcome.NotCommitted.class);
    restartAndExpect(10);
  }

  @Test
  void f13anErrorInsideAGoodAnswerIsSeen() throws Exception {
    sink.open(Rows.PIPELINE);
    FaultRule copy =
        proxy.add(
            RequestMatch.of(S3Operation.COPY_OBJECT).first(2),
            Fault.errorInside200("InternalError"));
    FaultRule complete =
        proxy.add(
            RequestMatch.of(S3Operation.COMPLETE_MULTIPART).first(2),
            Fault.errorInside200("InternalError"));
    Stage stage = sink.stage();
    stage.write(Rows.noise(orders, 1, 3000, 4000));
    commitOf(sink, stage, 1, 3000).promoted().get(30, TimeUnit.SECONDS);
    assertThat(copy.fired()).isEqualTo(2);
    assertThat(complete.fired()).isEqualTo(2);
    expectRows(3000);
  }

  @Test
  void f13aCutAnswerToACopyIsNotTaken() throws Exception {
    sink.open(Rows.PIPELINE);
    FaultRule cut =
        proxy.add(RequestMatch.of(S3Operation.COPY_OBJECT).nth(1), Fault.truncateBody(30));
    FaultRule shorter =
        proxy.add(RequestMatch.of(S3Operation.COPY_OBJECT).nth(2), Fault.truncateBody(0));
    commitOf(sink, 1, 10).promoted().get(20, TimeUnit.SECONDS);
    assertThat(cut.fired() + shorter.fired()).isEqualTo(2);
    expectRows(10);
  }

  @Test
  void f13lostAnswersToCopyAndCompleteAreFine() throws Exception {
    sink.open(Rows.PIPELINE);
    proxy.add(RequestMatch.of(S3Operation.COPY_OBJECT).nth(1), Fault.loseAnswer());
    proxy.add(RequestMatch.of(S3Operation.COMPLETE_MULTIPART).nth(1), Fault.loseAnswer());
    Stage stage = sink.stage();
    stage.write(Rows.noise(orders, 1, 3000, 4000));
    commitOf(sink, stage, 1, 3000).promoted().get(30, TimeUnit.SECONDS);
    expectRows(3000);
  }

  @Test
  void f16connectionsThatBreakMidUploadLeaveNoUploads() throws Exception {
    sink.open(Rows.PIPELINE);
    FaultRule dropped =
        proxy.add(RequestMatch.of(S3Operation.UPLOAD_PART).first(2), Fault.dropRequest());
    FaultRule lost = proxy.add(RequestMatch.of(S3Operation.UPLOAD_PART).nth(3), Fault.loseAnswer());
    Stage stage = sink.stage();
    stage.write(Rows.noise(orders, 1, 6000, 4000));
    commitOf(sink, stage, 1, 6000).promoted().get(30, TimeUnit.SECONDS);
    Stage discarded = sink.stage();
    discarded.write(Rows.noise(orders, 6001, 6000, 4000));
    discarded.finish();
    discarded.discard();
    assertThat(dropped.fired() + lost.fired()).isEqualTo(3);
    expectRows(6000);
    assertThat(lake.uploads()).isEmpty();
  }

  @Test
  void f16anUploadThatFailsForGoodIsAborted() throws Exception {
    sink.open(Rows.PIPELINE);
    proxy.add(RequestMatch.of(S3Operation.UPLOAD_PART).from(2), Fault.accessDenied());
    Stage stage = sink.stage();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                stage.write(Rows.noise(orders, 1 + i * 3000, 3000, 4000));
              }
              stage.finish();
            })
        .hasMessageContaining("upload a part of");
    assertThat(lake.uploads()).hasSize(1);
    stage.discard();
    assertThat(lake.uploads()).isEmpty();
    assertThat(lake.staged()).isEmpty();
  }

  @Test
  void f16aSlowStoreIsOnlySlow() throws Exception {
    sink.open(Rows.PIPELINE);
    proxy.add(STAGED_PUT, Fault.throttle(20_000));
    commitOf(sink, 1, 1000).promoted().get(60, TimeUnit.SECONDS);
    expectRows(1000);
  }

  @Test
  void uploadsThatAKilledProcessLeftAreAbortedByTheNextStart() throws Exception {
    S3Sink dying = lake.builder(proxy.endpoint()).rowGroupBytes(4 << 20).build();
    dying.open(Rows.PIPELINE);
    proxy.add(
        RequestMatch.of(S3Operation.ABORT_MULTIPART, S3Operation.DELETE_OBJECTS),
        Fault.accessDenied());
    Stage stage = dying.stage();
    stage.write(Rows.noise(orders, 1, 6000, 12_000));
    stage.discard();
    dying.close();
    assertThat(lake.uploads()).hasSize(1);
    proxy.clear();
    sink.open(Rows.PIPELINE);
    assertThat(lake.uploads()).isEmpty();
  }

  @Test
  void f18aWrongClockIsNamed() {
    proxy.add(LOG_PUT, Fault.clockSkew());
    assertThatThrownBy(() -> sink.open(Rows.PIPELINE))
        .hasMessageContaining("RequestTimeTooSkewed")
        .hasMessageContaining("Set this machine's clock");
  }

  private void restartAndExpect(int rows) throws Exception {
    sink.close();
    proxy.clear();
    try (S3Sink next = sink(Duration.ofSeconds(20))) {
      assertThat(next.open(Rows.PIPELINE).lastSequence()).isEqualTo(rows);
    }
    if (rows > 0) {
      expectRows(rows);
    }
    assertThat(lake.staged()).isEmpty();
  }

  private void expectRows(int rows) {
    assertThat(
            lake.query(
                "select count(*), count(distinct _cdc_seq), max(_cdc_seq) from {}",
                "shop",
                "orders"))
        .containsExactly(rows + "|" + rows + "|" + rows);
  }

  private S3Sink sink(Duration retryFor) {
    return lake.builder(proxy.endpoint()).retryFor(retryFor).build();
  }

  private Stage stageOf(S3Sink into, long first, long last) throws Exception {
    Stage stage = into.stage();
    stage.write(Rows.changes(orders, first, last));
    return stage;
  }

  private CommitReceipt commitOf(S3Sink into, long first, long last) throws Exception {
    return commitOf(into, stageOf(into, first, last), first, last);
  }

  private static CommitReceipt commitOf(S3Sink into, Stage stage, long first, long last)
      throws Exception {
    return S3SinkTest.commit(into, stage, Rows.request(first, last));
  }
}
