package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.event.HistoryEntry;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.batch.Cut;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitReceipt;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.Stage;
import io.sluice.cdc.status.CommitInfo;
import io.sluice.cdc.status.RowCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes commits, one after the other, and holds what the last one made true: the state from which
 * everything goes on. Thread-safe.
 */
final class Committer {
  private final Sink sink;
  private final Listeners listeners;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<LoadView> newViews = new ArrayList<>();
  private final Map<String, String> history = new LinkedHashMap<>();
  private final AtomicReference<@Nullable Throwable> promotionFailure = new AtomicReference<>();
  private final Map<TableName, TableSchema> schemas = new HashMap<>();
  private final Map<TableName, TableSchema> loading = new HashMap<>();
  private volatile LoadState load;
  private volatile @Nullable SourceState source;
  private volatile Totals totals;
  private long sequence;
  private int lastView;

  /** What this process has committed, for the status. */
  record Totals(RowCounts rows, long commits, long files, long bytes, long lastCommit) {}

  Committer(Sink sink, ResumePoint resume, Listeners listeners) {
    this.sink = sink;
    this.listeners = listeners;
    this.load = resume.load();
    this.source = resume.source();
    HistoryEntry.add(history, resume.schemaHistory());
    resume.schemas().forEach(s -> schemas.put(s.table(), s));
    this.sequence = resume.lastSequence();
    this.lastView = resume.load().views().stream().mapToInt(LoadView::number).max().orElse(0);
    this.totals = new Totals(RowCounts.NONE, 0, 0, 0, resume.lastCommit());
  }

  LoadState load() {
    return load;
  }

  @Nullable SourceState source() {
    return source;
  }

  Totals totals() {
    return totals;
  }

  long lastSequence() {
    lock.lock();
    try {
      return sequence;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Where the engine begins.
   *
   * @param source its position, or null before the very first start
   * @param history all schema history entries that are committed
   */
  record Start(@Nullable SourceState source, List<String> history) {}

  /**
   * Where the engine begins after everything that was committed. A commit may still be under way
   * when the stream is started again, because S3 is away longer than the server was; this waits for
   * it, or its rows would be read and committed a second time.
   */
  Start start() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return new Start(source, List.copyOf(history.values()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The structures in which tables are about to be loaded. A table has been seen from the first
   * commit on that tells of it.
   */
  void beginLoad(List<TableSchema> tables) {
    lock.lock();
    try {
      loading.clear();
      tables.forEach(s -> loading.put(s.table(), s));
    } finally {
      lock.unlock();
    }
  }

  /** The latest known structure of every table that has been seen. */
  List<TableSchema> schemas() {
    lock.lock();
    try {
      return List.copyOf(schemas.values());
    } finally {
      lock.unlock();
    }
  }

  /** Numbers a new view; it becomes part of the state with the next commit. */
  LoadView newView(SourcePosition position, long takenMicros) {
    lock.lock();
    try {
      LoadView view = new LoadView(++lastView, ++sequence, position, takenMicros);
      newViews.add(view);
      return view;
    } finally {
      lock.unlock();
    }
  }

  /** Commits where the stream will begin, and the structures known there. */
  void commitStart(SourceState start, List<String> newHistory, List<TableSchema> structures)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Stage stage = sink.stage();
      commit(
          stage,
          request(start, 0, false, newHistory, LoadChange.NONE, structures),
          RowCounts.NONE,
          0,
          0);
    } finally {
      lock.unlock();
    }
  }

  /** Commits a part of a full load. */
  void commitLoad(Stage stage, Function<LoadState, LoadChange> change) throws InterruptedException {
    stage.finish();
    lock.lockInterruptibly();
    try {
      LoadChange loaded = change.apply(load.with(withNewViews(LoadChange.NONE)));
      RowCounts rows = new RowCounts(stage.rows(), 0, 0, 0, 0);
      List<TableSchema> structures = // of a table without rows no file tells it
          loaded.tables().stream()
              .map(table -> loading.get(table.table()))
              .filter(Objects::nonNull)
              .toList();
      commit(stage, request(source, 0, false, List.of(), loaded, structures), rows, 0, 0);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Commits that tables are not known any more; those that are still included will be loaded again.
   */
  void forget(List<TableName> tables) throws InterruptedException {
    commitLoad(sink.stage(), state -> new LoadChange(List.of(), List.of(), List.of(), tables));
  }

  /** Commits that a table begins anew: its rows so far no longer count. */
  void commitTruncate(TableSchema table) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
      long number = ++sequence;
      Stage stage = sink.stage();
      stage.write(truncateMarker(table, number, now));
      RowCounts rows = RowCounts.NONE.plus(Operation.TRUNCATE, 1);
      commit(
          stage,
          request(source, number, false, List.of(), LoadChange.NONE, List.of()),
          rows,
          now,
          now);
    } finally {
      lock.unlock();
    }
  }

  /** A row without values. */
  private static RowBatch truncateMarker(TableSchema table, long number, long nowMicros) {
    RowBatch marker = new RowBatch(table, RowBatch.Kind.CHANGE);
    for (int i = 0; i < table.columns().size(); i++) {
      marker.column(i).appendNull();
    }
    marker.endRow(Operation.TRUNCATE, number, new Transaction("reload:" + number, nowMicros));
    return marker;
  }

  /** Commits a batch of the stream. */
  void commitBatch(Stage stage, Cut cut, SourceState next, List<Integer> passedViews)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      sequence = Math.max(sequence, cut.lastSequence());
      CommitRequest request =
          request(
              next,
              cut.firstSequence(),
              cut.insideTransaction(),
              cut.schemaHistory(),
              new StreamedLoads(load, cut, passedViews).change(),
              cut.structures());
      commit(stage, request, cut.rows(), cut.oldestMicros(), cut.newestMicros());
    } finally {
      lock.unlock();
    }
  }

  /** Throws when files of an earlier commit could not be promoted; the commits themselves stand. */
  void throwIfPromotionFailed() {
    Throwable failure = promotionFailure.get();
    if (failure instanceof RuntimeException known) {
      throw known;
    }
    if (failure != null) {
      throw new IllegalStateException("Promotion failed", failure);
    }
  }

  private CommitRequest request(
      @Nullable SourceState next,
      long firstSequence,
      boolean inside,
      List<String> newHistory,
      LoadChange change,
      List<TableSchema> structures) {
    return new CommitRequest(
        next, firstSequence, sequence, inside, newHistory, withNewViews(change), structures);
  }

  private void commit(
      Stage stage, CommitRequest request, RowCounts rows, long oldestMicros, long newestMicros)
      throws InterruptedException {
    CommitOutcome outcome = sink.commit(stage, request);
    if (outcome instanceof CommitOutcome.Committed committed) {
      accept(request, committed.receipt(), rows, oldestMicros, newestMicros);
    } else if (outcome instanceof CommitOutcome.NotCommitted not) {
      throw not.reason();
    } else if (outcome instanceof CommitOutcome.Unknown unknown) {
      throw unknown.reason();
    }
  }

  private void accept(
      CommitRequest request,
      CommitReceipt receipt,
      RowCounts rows,
      long oldestMicros,
      long newestMicros) {
    source = request.source();
    HistoryEntry.add(history, request.schemaHistory());
    request.schemas().forEach(s -> schemas.put(s.table(), s));
    load = load.with(request.load());
    newViews.clear();
    Totals t = totals;
    totals =
        new Totals(
            t.rows.plus(rows),
            t.commits + 1,
            t.files + receipt.files(),
            t.bytes + receipt.bytes(),
            receipt.commit());
    SourceState at = request.source();
    CommitInfo info =
        new CommitInfo(
            receipt.commit(),
            rows,
            receipt.files(),
            receipt.bytes(),
            oldestMicros,
            newestMicros,
            receipt.committedAt(),
            at == null ? null : at.position());
    listeners.tell(l -> l.committed(info));
    var unused =
        receipt
            .promoted()
            .whenComplete(
                (when, failure) -> {
                  if (failure == null) {
                    listeners.tell(l -> l.promoted(info, when));
                  } else {
                    promotionFailure.compareAndSet(null, failure);
                  }
                });
  }

  /**
   * Every commit carries the views that were taken before it, of which perhaps nothing was loaded:
   * a number that is committed without its view would be missing.
   */
  private LoadChange withNewViews(LoadChange change) {
    return new LoadChange(newViews, change.passedViews(), change.tables(), change.forgotten());
  }
}
