package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.binlog.BinlogLane;
import io.sluice.cdc.internal.binlog.EngineVersion;
import io.sluice.cdc.internal.load.ChangedWhileLoadingException;
import io.sluice.cdc.internal.mysql.ServerCheck;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import io.sluice.cdc.status.RowCounts;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pipeline does from its start to its end, on its own thread. */
final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

  /**
   * After contact with MySQL was lost: first wait, longest wait, and how long without a commit
   * before it gives up.
   */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
  private static final Duration GIVE_UP = Duration.ofMinutes(15);

  private final PipelineConfig config;
  private final Sink sink;
  private final Protecting protecting;
  private final Listeners listeners;
  private final Consumer<PipelineState> move;
  private final StopSignal signal = new StopSignal();
  private final Map<String, LongAdder> nullified = new ConcurrentHashMap<>();
  private final Map<TableName, String> reloads = new ConcurrentHashMap<>();
  private volatile @Nullable Committer committer;
  private volatile @Nullable StreamRun stream;
  private volatile LoadProgress progress = LoadProgress.NONE;

  PipelineRun(
      PipelineConfig config,
      Sink sink,
      Protecting protecting,
      Listeners listeners,
      Consumer<PipelineState> move) {
    this.config = config;
    this.sink = sink;
    this.protecting = protecting;
    this.listeners = listeners;
    this.move = move;
  }

  void stop() {
    signal.stop();
  }

  void stopWhenCaughtUp() {
    signal.stopWhenCaughtUp();
  }

  void reload(TableName table) {
    signal.reload(table);
  }

  void run() throws InterruptedException {
    move.accept(PipelineState.OPENING);
    if (config.load().mode() != LoadMode.ONLY) {
      EngineVersion.check();
    }
    SourceServer server = SourceServer.check(config);
    ServerCheck.advice(server.facts()).forEach(advice -> LOG.info("Advice: {}", advice));
    if (signal.untilCaughtUp()) {
      signal.target(server.position());
    }
    ResumePoint resume = sink.open(config.pipeline());
    ResumeCheck.check(resume.source(), server);
    protecting.begin(resume, server.checked());
    Committer commits = new Committer(sink, resume, listeners);
    committer = commits;
    try (ReloadWatch watch = new ReloadWatch(config, sink, signal)) {
      watch.start();
      forgetRequested(commits, watch);
      attempts(server, commits, watch);
    }
    move.accept(PipelineState.STOPPING);
    commits.throwIfPromotionFailed();
  }

  /** Runs the stream; starts it again from the last commit when contact with MySQL was lost. */
  private void attempts(SourceServer first, Committer commits, ReloadWatch reloads)
      throws InterruptedException {
    @Nullable SourceServer server = first;
    Duration wait = FIRST_RETRY;
    long lastCommit = -1;
    long since = System.nanoTime();
    while (!signal.stopping()) {
      try {
        if (server == null) {
          server = SourceServer.check(config);
          ResumeCheck.check(commits.source(), server);
        }
        if (!attempt(server, commits, reloads)) {
          return;
        }
      } catch (SourceException e) {
        if (!isTransient(e)) {
          throw e;
        }
        if (commits.totals().lastCommit() != lastCommit) {
          lastCommit = commits.totals().lastCommit();
          since = System.nanoTime();
          wait = FIRST_RETRY;
        }
        if (System.nanoTime() - since > GIVE_UP.toNanos()) {
          throw e;
        }
        LOG.warn("{} Trying again in {} s.", e.getMessage(), wait.toSeconds());
        signal.await(wait);
        server = null; // behind the same name there may be another server now
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_RETRY) > 0
                ? LONGEST_RETRY
                : wait.multipliedBy(2);
      }
    }
  }

  /** Tables that somebody asked to load again before the start. */
  private void forgetRequested(Committer commits, ReloadWatch watch) throws InterruptedException {
    Set<TableName> tables = signal.reloads();
    List<TableName> known = tables.stream().filter(t -> commits.load().table(t) != null).toList();
    if (!known.isEmpty()) {
      commits.forget(known);
    }
    watch.taken(tables);
  }

  /**
   * One run: load what is missing, then follow.
   *
   * @return whether another run is to follow at once
   */
  private boolean attempt(SourceServer server, Committer commits, ReloadWatch requests)
      throws InterruptedException {
    StreamRun run =
        new StreamRun(
            config,
            sink,
            protecting,
            commits,
            server,
            signal,
            requests,
            this::countNullified,
            this::reloading);
    stream = run;
    try {
      run.prepare();
      if (config.load().mode() != LoadMode.NEVER) {
        load(new LoadRun(config, sink, commits, server, signal, this::countNullified));
      }
      if (config.load().mode() == LoadMode.ONLY || signal.stopping()) {
        return false;
      }
      move.accept(PipelineState.STREAMING);
      return run.follow();
    } finally {
      run.close();
      stream = null;
    }
  }

  private void load(LoadRun load) throws InterruptedException {
    try {
      loadTables(load);
    } catch (InterruptedException e) {
      if (!signal.stopping()) {
        throw e;
      }
    }
  }

  private void loadTables(LoadRun load) throws InterruptedException {
    load.run(
        () -> move.accept(PipelineState.LOADING),
        p -> {
          progress = p;
          listeners.tell(l -> l.loadProgress(p));
        });
  }

  /**
   * Lost contact, or a table that was emptied or altered under a load, as opposed to something that
   * stays wrong however often it is tried.
   */
  static boolean isTransient(SourceException e) {
    if (BinlogLane.isTransient(e) || e instanceof ChangedWhileLoadingException) {
      return true;
    }
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return sql instanceof SQLTransientException
            || sql instanceof SQLRecoverableException
            || state.startsWith("08");
      }
    }
    return false;
  }

  private void countNullified(String column) {
    nullified
        .computeIfAbsent(
            column,
            c -> {
              LOG.warn(
                  "Column {} holds dates that no calendar has; they become NULL (types.zeroDates)",
                  c);
              return new LongAdder();
            })
        .increment();
  }

  private void reloading(TableName table, String reason) {
    LOG.info("Table {} will be loaded (again): {}", table, reason);
    reloads.put(table, reason);
  }

  PipelineStatus status(PipelineState state) {
    Committer commits = committer;
    StreamRun run = stream;
    Committer.Totals totals =
        commits == null ? new Committer.Totals(RowCounts.NONE, 0, 0, 0, 0) : commits.totals();
    SourcePosition position =
        commits == null || commits.source() == null ? null : commits.source().position();
    return new PipelineStatus(
        state,
        progress,
        totals.rows(),
        totals.commits(),
        totals.files(),
        totals.bytes(),
        totals.lastCommit(),
        position,
        run == null ? 0 : run.lagMicros(),
        nullified.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().sum())),
        reloads);
  }
}
