package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.batch.Batcher;
import io.sluice.cdc.internal.batch.Cut;
import io.sluice.cdc.internal.batch.Handover;
import io.sluice.cdc.internal.binlog.BinlogLane;
import io.sluice.cdc.internal.binlog.ChangeReceiver;
import io.sluice.cdc.internal.binlog.LaneSettings;
import io.sluice.cdc.internal.binlog.ServerStructures;
import io.sluice.cdc.internal.binlog.StreamPosition;
import io.sluice.cdc.internal.load.ViewFilter;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of the stream, from the last commit until it is asked to end or fails. Used by the
 * pipeline's thread.
 */
final class StreamRun implements AutoCloseable {
  /**
   * The server sends a heartbeat every 8 s when it has nothing else; this long without anything
   * means that it is gone.
   */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** How often the position is committed although no included table changed. */
  private static final Duration POSITION_EVERY = Duration.ofMinutes(5);

  /**
   * How long the stream goes on when a table has to be loaded again: it stands still meanwhile, and
   * there may be more such tables.
   */
  private static final Duration RELOAD_DELAY = Duration.ofSeconds(2);

  private static final long MAX_TICK_MILLIS = 50;

  /** Somebody waits for the end. */
  private static final long MAX_TICK_MILLIS_TO_THE_END = 5;

  private final PipelineConfig config;
  private final Sink sink;
  private final Protecting protecting;
  private final Committer committer;
  private final SourceServer server;
  private final StopSignal signal;
  private final ReloadWatch reloads;
  private final Consumer<String> nullified;
  private final BiConsumer<TableName, String> reloading;
  private final Handover handover;
  private final Set<TableName> asked = new HashSet<>();
  private volatile @Nullable BinlogLane lane;
  private @Nullable StreamWriter writer;
  private volatile @Nullable ViewFilter filter;
  private volatile @Nullable Batcher batcher;
  private @Nullable StreamPosition cutRequestedAt;
  private volatile long reloadSinceNanos;
  private long lastCommitNanos = System.nanoTime();

  StreamRun(
      PipelineConfig config,
      Sink sink,
      Protecting protecting,
      Committer committer,
      SourceServer server,
      StopSignal signal,
      ReloadWatch reloads,
      Consumer<String> nullified,
      BiConsumer<TableName, String> reloading) {
    this.config = config;
    this.sink = sink;
    this.protecting = protecting;
    this.committer = committer;
    this.server = server;
    this.signal = signal;
    this.reloads = reloads;
    this.nullified = nullified;
    this.reloading = reloading;
    this.handover = new Handover(config.limits().memory() / 4);
  }

  /** Commits where the stream begins, and the structures of tables to be loaded. */
  void prepare() throws InterruptedException {
    Committer.Start committed = committer.start();
    boolean first = committed.source() == null;
    SourceState begin =
        committed.source() != null
            ? committed.source()
            : Positions.state(StreamPosition.of(server.position()), server.serverUuid());
    ServerStructures structures = new ServerStructures(config.source(), committed.history());
    LoadState state = committer.load();
    Set<TableName> fresh =
        server.tableNames().stream()
            .filter(table -> !loads() || state.table(table) == null)
            .collect(Collectors.toSet());
    Set<TableName> known = first ? fresh : structures.known();
    List<TableSchema> copies = protecting.coming(known, fresh, server::tables);
    List<String> learned =
        loads() || first ? structures.adopt(fresh) : structures.adoptUnknown(fresh);
    if (first || !learned.isEmpty()) {
      committer.commitStart(begin, learned, copies);
    }
  }

  private boolean loads() {
    return config.load().mode() != LoadMode.NEVER;
  }

  private BinlogLane lane(StreamPosition from, List<String> history, ChangeReceiver receiver) {
    return new BinlogLane(
        config.pipeline().value(),
        new LaneSettings(
            config.source(),
            config.types(),
            nullified,
            loads() ? config.load().onValueChange() : OnValueChange.KEEP,
            protecting,
            !config.protection().isNone()),
        from,
        history,
        receiver);
  }

  private List<String> newHistory() {
    BinlogLane opened = lane;
    return opened == null ? List.of() : opened.drainHistory();
  }

  /**
   * Follows the binlog until it is time to end.
   *
   * @return whether it ended only because a table has to be loaded (again) before it can go on
   */
  boolean follow() throws InterruptedException {
    Committer.Start committed = committer.start();
    StreamPosition start =
        StreamPosition.of(Objects.requireNonNull(committed.source()).engineOffset());
    ViewFilter views = new ViewFilter(committer.load(), structures(), server.connections());
    filter = views;
    StreamWriter writing =
        new StreamWriter(config.pipeline().value(), sink, handover, this::commit);
    writer = writing;
    Batcher batches =
        new Batcher(
            config.batch(),
            handover,
            start,
            committer.lastSequence(),
            new ViewedRows(views),
            this::newHistory,
            writing::isBehind);
    batcher = batches;
    BinlogLane opened = lane(start, committed.history(), batches);
    lane = opened;
    writing.start();
    opened.start();
    opened.awaitReady();
    try {
      return watch(writing, opened, batches);
    } catch (InterruptedException e) {
      writing.throwIfFailed(); // it lets nothing be handed over any more, which looks the same
      throw e;
    }
  }

  private boolean watch(StreamWriter writing, BinlogLane opened, Batcher batches)
      throws InterruptedException {
    while (!signal.stopping()) {
      signal.await(tick());
      writing.throwIfFailed();
      committer.throwIfPromotionFailed();
      opened.throwIfFailed();
      opened.throwIfSilent(SILENCE, handover.isBlocking());
      batches.tick();
      commitPosition(batches);
      for (TableName table : signal.reloads()) {
        if (asked.add(table)) {
          batches.requestReload(table);
        }
      }
      if (reloadSinceNanos != 0 && System.nanoTime() - reloadSinceNanos >= RELOAD_DELAY.toNanos()) {
        return true;
      }
      if (caughtUp(batches)) {
        return reloadSinceNanos != 0;
      }
    }
    return false;
  }

  private Duration tick() {
    long most = signal.untilCaughtUp() ? MAX_TICK_MILLIS_TO_THE_END : MAX_TICK_MILLIS;
    return Duration.ofMillis(Math.min(most, Math.max(1, config.batch().maxAge().toMillis() / 10)));
  }

  /**
   * The structures of all loaded tables: as they are now, or as they last were where a table is
   * gone.
   */
  private Collection<TableSchema> structures() {
    Map<TableName, TableSchema> all = new HashMap<>();
    committer.schemas().forEach(s -> all.put(s.table(), s));
    server.tables().forEach(s -> all.put(s.table(), s));
    return all.values();
  }

  private void commit(Stage stage, Cut cut) throws InterruptedException {
    SourcePosition at = Positions.position(cut.position(), server.serverUuid());
    List<Integer> passed = cut.insideTransaction() ? List.of() : passedViews(at);
    if (!cut.reload().isEmpty()) {
      cut.reload().forEach(reloading);
      if (reloadSinceNanos == 0) {
        reloadSinceNanos = System.nanoTime(); // before the commit can make us look caught up
      }
    }
    committer.commitBatch(stage, cut, new SourceState(at, cut.position().engineOffset()), passed);
    reloads.taken(cut.reload().keySet());
    Batcher batches = batcher;
    if (batches != null && committer.load().views().isEmpty()) {
      batches.loadsPassed();
    }
    lastCommitNanos = System.nanoTime();
  }

  private List<Integer> passedViews(SourcePosition at) {
    ViewFilter views = filter;
    List<LoadView> known = committer.load().views();
    if (views == null || known.isEmpty()) {
      return List.of();
    }
    List<Integer> passed = views.passed(at);
    return known.stream().map(LoadView::number).filter(passed::contains).toList();
  }

  /** A position that stands still would one day lie before the oldest binlog. */
  private void commitPosition(Batcher batches) throws InterruptedException {
    boolean due = System.nanoTime() - lastCommitNanos > POSITION_EVERY.toNanos();
    SourceState committed = committer.source();
    if (due && committed != null && !isAt(committed, batches.readPosition())) {
      lastCommitNanos = System.nanoTime();
      batches.requestCut();
    }
  }

  private boolean isAt(SourceState committed, StreamPosition read) {
    return Positions.position(read, server.serverUuid()).equals(committed.position());
  }

  private boolean caughtUp(Batcher batches) throws InterruptedException {
    if (!signal.untilCaughtUp()) {
      return false;
    }
    SourcePosition target = signal.target();
    if (target == null) {
      signal.target(server.position());
      return false;
    }
    SourceState committed = committer.source();
    if (committed != null && Positions.reached(committed.position(), target)) {
      return true;
    }
    StreamPosition read = batches.readPosition();
    if (read != cutRequestedAt
        && Positions.reached(Positions.position(read, server.serverUuid()), target)) {
      cutRequestedAt = read;
      batches.requestCut();
    }
    return false;
  }

  /** How old the newest change was when it was read; 0 when the reader waits for the server. */
  long lagMicros() {
    Batcher batches = batcher;
    if (batches == null || batches.newestMicros() == 0 || !handover.isBlocking()) {
      return 0;
    }
    return Math.max(
        0, TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - batches.newestMicros());
  }

  @Override
  public void close() {
    handover.close();
    StreamWriter writing = writer;
    if (writing != null) {
      writing.stop();
    }
    BinlogLane opened = lane;
    if (opened != null) {
      opened.close();
    }
    ViewFilter views = filter;
    if (views != null) {
      views.close();
    }
  }
}
