package io.sluice.cdc.internal.batch;

import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.internal.binlog.StreamPosition;
import java.util.List;
import java.util.function.Supplier;

/**
 * Decides where a batch ends, and hands its end over behind its rows: at the end of a transaction
 * by rows, bytes or age, or when it was asked to; inside one only where that is too large for a
 * batch. Guarded like the {@link Batcher} that owns it.
 */
final class BatchCutter {
  private final BatchConfig config;
  private final Handover handover;
  private final WaitingRows waiting;
  private final TableNews news;
  private final Supplier<List<String>> schemaHistory;
  private final Supplier<Boolean> behind;
  private long closedSequence;
  private long startNanos;
  private boolean flowing;
  private boolean requested;

  /**
   * A cutter for one run of the stream; the parameters are those of {@link Batcher}.
   *
   * @param waiting the rows of the batch
   * @param news what goes with it
   */
  BatchCutter(
      BatchConfig config,
      Handover handover,
      WaitingRows waiting,
      TableNews news,
      long lastSequence,
      Supplier<List<String>> schemaHistory,
      Supplier<Boolean> behind) {
    this.config = config;
    this.handover = handover;
    this.waiting = waiting;
    this.news = news;
    this.closedSequence = lastSequence;
    this.schemaHistory = schemaHistory;
    this.behind = behind;
  }

  /** The next possible end is one. */
  void request() {
    requested = true;
  }

  /** The open transaction is so large that its rows already go their way. */
  boolean isFlowing() {
    return flowing;
  }

  /**
   * The open transaction has ended, or had no rows.
   *
   * @param sequence the last number used
   */
  void transactionEnded(long sequence) throws InterruptedException {
    flowing = false;
    if (waiting.open().rows() == 0) {
      return;
    }
    if (waiting.closed().rows() == 0) {
      startNanos = System.nanoTime();
    }
    closedSequence = sequence;
    waiting.closeTransaction();
  }

  /**
   * The open transaction is large: what came before it is cut off, then its rows go their way
   * before it ends.
   *
   * @param before where the transaction begins
   * @param here the place behind its last row
   * @param sequence the last number used
   */
  void flow(StreamPosition before, Supplier<StreamPosition> here, long sequence)
      throws InterruptedException {
    if (!flowing) {
      if (waiting.closed().rows() > 0) {
        waiting.handOverClosed();
        cutBehindTransactions(before);
      }
      flowing = true;
    }
    waiting.handOverFull();
    Tally open = waiting.open();
    if (open.rows() >= config.maxRows() || open.bytes() >= config.maxBytes()) {
      waiting.handOverAll();
      cut(open, sequence, here.get(), true);
      waiting.cutOpen();
      closedSequence = sequence;
    }
  }

  /** Cuts between two transactions, if there is a reason. */
  void cutIfDue(StreamPosition position) throws InterruptedException {
    if (isDue(waiting.closed())) {
      requested = false;
      waiting.handOverAll();
      waiting.forgetTables();
      cutBehindTransactions(position);
    }
  }

  private boolean isDue(Tally closed) {
    return requested
        || news.isReloadDue()
        || closed.rows() >= config.maxRows()
        || closed.bytes() >= config.maxBytes()
        || (closed.rows() > 0 && isOld() && !behind.get());
  }

  private boolean isOld() {
    return System.nanoTime() - startNanos >= config.maxAge().toNanos();
  }

  private void cutBehindTransactions(StreamPosition position) throws InterruptedException {
    cut(waiting.closed(), closedSequence, position, false);
    waiting.startBatch();
  }

  private void cut(Tally tally, long lastSequence, StreamPosition at, boolean inside)
      throws InterruptedException {
    handover.put(
        new Cut(
            at,
            tally.firstSequence(),
            lastSequence,
            tally.counts(),
            tally.oldestMicros(),
            tally.newestMicros(),
            inside,
            schemaHistory.get(),
            news.structures(),
            news.created(),
            news.dropped(),
            news.reload()));
    news.clear();
  }
}
