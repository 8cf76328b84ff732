package io.sluice.cdc.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.batch.Cut;
import io.sluice.cdc.internal.binlog.StreamPosition;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitReceipt;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.SinkLook;
import io.sluice.cdc.sink.Stage;
import io.sluice.cdc.status.RowCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommitterTest {
  private final SlowSink sink = new SlowSink();
  private final Committer committer =
      new Committer(
          sink,
          new ResumePoint(1, 1, 0, at(4), List.of(), LoadState.EMPTY, List.of()),
          new Listeners("test", List.of()));

  /**
   * S3 was away longer than MySQL: the stream began again before the commit that was under way, and
   * read its rows twice.
   */
  @Test
  void aStreamThatBeginsAgainWaitsForTheCommitThatIsUnderWay() throws Exception {
    FutureTask<Void> commit =
        new FutureTask<>(
            () -> {
              committer.commitBatch(sink.stage(), cut(9), at(9), List.of());
              return null;
            });
    new Thread(commit, "commit").start();
    sink.asked.await();
    FutureTask<Committer.Start> start = new FutureTask<>(committer::start);
    Thread starting = new Thread(start, "start");
    starting.start();
    await().until(() -> start.isDone() || starting.getState() == Thread.State.WAITING);
    sink.answer.countDown();
    commit.get();
    assertThat(start.get().source().engineOffset()).containsEntry("pos", 9L);
  }

  /**
   * A table was read in two views; the stream passed the first and began again. Changes that the
   * second view held came twice, for with the first view all ranges had been let go.
   */
  @Test
  void rangesAreKeptUntilTheLastOfTheirViewsIsPassed() throws Exception {
    sink.answer.countDown();
    TableName table = new TableName("shop", "orders");
    LoadedRange first = new LoadedRange(1, null, List.of("5"));
    LoadedRange second = new LoadedRange(2, List.of("5"), null);
    LoadView one = committer.newView(at(5).position(), 0);
    LoadView two = committer.newView(at(7).position(), 0);
    committer.commitLoad(
        sink.stage(),
        state ->
            new LoadChange(
                List.of(one, two),
                List.of(),
                List.of(new TableLoad(table, true, List.of(first, second), 9, 90)),
                List.of()));
    committer.commitBatch(sink.stage(), cut(6), at(6), List.of(1));
    assertThat(ranges(table)).containsExactly(first, second);
    assertThat(committer.load().views()).containsExactly(two);
    committer.commitBatch(sink.stage(), cut(7), at(7), List.of(2));
    assertThat(ranges(table)).isEmpty();
  }

  /**
   * A load was broken off before its first chunk, and something else was committed before the next
   * view was taken: the number of the first was in no record.
   */
  @Test
  void aViewOfWhichNothingWasLoadedIsCommittedWithItsNumber() throws Exception {
    sink.answer.countDown();
    LoadView unused = committer.newView(at(5).position(), 0);
    committer.commitStart(at(4), List.of(), List.of());
    LoadView next = committer.newView(at(6).position(), 0);
    committer.commitStart(at(4), List.of(), List.of());
    assertThat(committer.load().views()).containsExactly(unused, next);
    assertThat(next.sequence()).isEqualTo(unused.sequence() + 1);
  }

  private List<LoadedRange> ranges(TableName table) {
    return Objects.requireNonNull(committer.load().table(table)).ranges();
  }

  private static SourceState at(long position) {
    return Positions.state(place(position), "uuid");
  }

  static StreamPosition place(long position) {
    return StreamPosition.of(Map.of("file", "binlog.000001", "pos", position));
  }

  private static Cut cut(long position) {
    return new Cut(
        place(position),
        0,
        0,
        RowCounts.NONE,
        0,
        0,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of());
  }

  /** Answers a commit when it is told to. */
  private static final class SlowSink implements Sink {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @Override
    public ResumePoint open(PipelineId pipeline) {
      throw new IllegalStateException("not opened here");
    }

    @Override
    public @Nullable SinkLook look(PipelineId pipeline) {
      return null;
    }

    @Override
    public Stage stage() {
      return new EmptyStage();
    }

    @Override
    public CommitOutcome commit(Stage stage, CommitRequest request) throws InterruptedException {
      asked.countDown();
      answer.await();
      CompletableFuture<Instant> promoted = CompletableFuture.completedFuture(Instant.EPOCH);
      return new CommitOutcome.Committed(new CommitReceipt(2, Instant.EPOCH, 0, 0, 0, promoted));
    }

    @Override
    public void close() {}
  }

  private static final class EmptyStage implements Stage {
    @Override
    public void write(RowBatch rows) {}

    @Override
    public void finish() {}

    @Override
    public long rows() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void discard() {}
  }
}
