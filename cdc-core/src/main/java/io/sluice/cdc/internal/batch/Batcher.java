package io.sluice.cdc.internal.batch;

import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.batch.LoadedRows.Held;
import io.sluice.cdc.internal.binlog.ChangeReceiver;
import io.sluice.cdc.internal.binlog.StreamPosition;
import io.sluice.cdc.internal.binlog.StreamTable;
import io.sluice.cdc.internal.binlog.StructureChange;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows from the reader's thread, numbers them and hands them over in slices; cuts batches at
 * the ends of transactions by rows, bytes or age.
 *
 * <p>While the reader is inside a transaction everything here belongs to its thread. Between
 * transactions the lock decides, so that {@link #tick} can cut a batch by age while the reader
 * waits for the server.
 */
public final class Batcher implements ChangeReceiver {
  /**
   * A transaction of more bytes in the binlog than this gets a batch of its own, so that it need
   * not be held back in the heap until its end.
   */
  private static final long LARGE_TRANSACTION_BYTES = 8L << 20;

  private static final int ROW_OVERHEAD_BYTES = 64;

  private final Handover handover;
  private volatile LoadedRows loaded;
  private final ReentrantLock lock = new ReentrantLock();
  private final WaitingRows waiting;
  private final TableNews news = new TableNews();
  private final BatchCutter cutter;
  private long sequence;
  private long rowBytes = ROW_OVERHEAD_BYTES;
  private boolean busy;
  private Transaction transaction = new Transaction("", 0);
  private @Nullable String gtid;
  private StreamPosition position;
  private volatile StreamPosition readPosition;
  private volatile long newestMicros;

  /**
   * A batcher for one run of the stream.
   *
   * @param start where the stream begins
   * @param lastSequence the last number used before
   * @param loaded what full loads already hold
   * @param schemaHistory takes the schema history entries since the last call
   * @param behind whether earlier batches still wait to be committed: then age alone cuts nothing,
   *     and batches grow
   */
  public Batcher(
      BatchConfig config,
      Handover handover,
      StreamPosition start,
      long lastSequence,
      LoadedRows loaded,
      Supplier<List<String>> schemaHistory,
      Supplier<Boolean> behind) {
    this.handover = handover;
    this.waiting = new WaitingRows(handover);
    this.cutter =
        new BatchCutter(config, handover, waiting, news, lastSequence, schemaHistory, behind);
    this.position = start;
    this.readPosition = start;
    this.sequence = lastSequence;
    this.loaded = loaded;
  }

  /** The stream is past every view: no change can be part of a load any more. */
  public void loadsPassed() {
    loaded = LoadedRows.NONE;
  }

  /** Everything before this position has been read, if not yet committed. */
  public StreamPosition readPosition() {
    return readPosition;
  }

  /** Commit time in MySQL of the newest change read, microseconds; 0 before the first. */
  public long newestMicros() {
    return newestMicros;
  }

  /**
   * Cuts a batch at the next end of a transaction (or now, between two) even if it is empty, so
   * that the position is committed.
   */
  public void requestCut() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      cutter.request();
      if (!busy) {
        cutter.cutIfDue(position);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the batch at the next end of a transaction, and lets the table be loaded again after it.
   */
  public void requestReload(TableName table) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      news.reloadOnRequest(table);
      cutter.request();
      if (!busy) {
        cutter.cutIfDue(position);
      }
    } finally {
      lock.unlock();
    }
  }

  /** To be called now and then: cuts a batch that is old enough. */
  public void tick() throws InterruptedException {
    if (!lock.tryLock()) {
      return; // the reader holds it and will look itself
    }
    try {
      if (!busy) {
        cutter.cutIfDue(position);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void busy() {
    if (busy) {
      return; // only the reader, who calls this, changes it
    }
    lock.lock();
    try {
      busy = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void begin(Transaction newTransaction, @Nullable String newGtid) {
    transaction = newTransaction;
    gtid = newGtid;
  }

  @Override
  public void eventBytes(long bytes) {
    rowBytes = ROW_OVERHEAD_BYTES + bytes;
  }

  @Override
  public void awaitRoom(long bytes) throws InterruptedException {
    handover.awaitRoom(bytes);
  }

  @Override
  public void change(
      StreamTable table,
      Operation operation,
      Object @Nullable [] before,
      Object @Nullable [] after,
      String file,
      long place,
      Supplier<StreamPosition> here)
      throws InterruptedException {
    if (operation != Operation.UPDATE) {
      add(table, operation, before == null ? after : before, file, place);
    } else if (before != null && after != null) {
      update(table, before, after, file, place);
    }
    if (waiting.open().bytes() >= LARGE_TRANSACTION_BYTES || cutter.isFlowing()) {
      cutter.flow(position, here, sequence);
    }
  }

  /**
   * A new key is a delete and an insert; so is every update where there is no key, for rows to be
   * counted.
   */
  private void update(StreamTable table, Object[] before, Object[] after, String file, long place) {
    if (table.hasKey() && table.sameKey(before, after)) {
      add(table, Operation.UPDATE, after, file, place);
    } else {
      add(table, Operation.DELETE, before, file, place);
      add(table, Operation.INSERT, after, file, place);
    }
  }

  private void add(
      StreamTable table, Operation operation, Object @Nullable [] row, String file, long place) {
    if (row != null
        && loaded.contain(table.name(), gtid, file, place + 1, () -> table.keyTexts(row))) {
      return;
    }
    waiting.add(table, operation, ++sequence, transaction, row, rowBytes);
    rowBytes = ROW_OVERHEAD_BYTES; // the event's length is counted once, with its first row
  }

  /**
   * Where the load read a part of the rows before the table was emptied and a part after, the first
   * are wrong and the others are right: only loading it again helps.
   */
  @Override
  public void truncate(StreamTable table, String file, long place) {
    switch (loaded.held(table.name(), gtid, file, place + 1)) {
      case NONE -> add(table, Operation.TRUNCATE, null, file, place);
      case SOME -> {
        news.reload(table.name(), "it was emptied between two parts of its load");
        cutter.request();
      }
      case ALL -> {}
    }
  }

  @Override
  public void structure(StreamTable table, StructureChange change, String file, long place) {
    news.structure(table.schema());
    if (change == StructureChange.CREATED && held(table.name(), file, place) == Held.NONE) {
      news.created(table.name());
    }
  }

  /** The rows of a name that no table has any more do not count for the next one of this name. */
  @Override
  public void gone(TableName table, @Nullable StreamTable known, String file, long place) {
    switch (held(table, file, place)) {
      case NONE -> {
        if (known != null) {
          add(known, Operation.TRUNCATE, null, file, place);
        }
        news.dropped(table);
      }
      case SOME -> {
        news.reload(table, "it was replaced between two parts of its load");
        cutter.request();
      }
      case ALL -> {}
    }
  }

  @Override
  public boolean stale(TableName table, String reason, boolean known, String file, long place) {
    boolean needed = !known || held(table, file, place) != Held.ALL;
    if (needed) {
      news.reload(table, reason);
    }
    return needed;
  }

  private Held held(TableName table, String file, long place) {
    return loaded.held(table, gtid, file, place + 1);
  }

  @Override
  public void idle(StreamPosition newPosition) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (waiting.open().rows() > 0) {
        newestMicros = waiting.open().newestMicros();
      }
      cutter.transactionEnded(sequence);
      position = newPosition;
      readPosition = newPosition;
      busy = false;
      cutter.cutIfDue(position);
    } finally {
      lock.unlock();
    }
  }
}
