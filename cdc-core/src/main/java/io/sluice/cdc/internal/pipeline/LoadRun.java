package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.load.FullLoad;
import io.sluice.cdc.internal.load.LoadListener;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.status.LoadProgress;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Loads in full every included table that is not yet loaded, and forgets those that are no longer
 * included.
 */
final class LoadRun {
  private static final long PROGRESS_MILLIS = 500;

  private final PipelineConfig config;
  private final Sink sink;
  private final Committer committer;
  private final SourceServer server;
  private final Consumer<String> nullified;

  private final StopSignal signal;

  LoadRun(
      PipelineConfig config,
      Sink sink,
      Committer committer,
      SourceServer server,
      StopSignal signal,
      Consumer<String> nullified) {
    this.config = config;
    this.sink = sink;
    this.committer = committer;
    this.server = server;
    this.signal = signal;
    this.nullified = nullified;
  }

  /**
   * Loads what is to be loaded; returns at once when there is nothing.
   *
   * @param begins called before the first row
   * @param progress told now and then
   * @throws InterruptedException when the pipeline was asked to stop meanwhile
   */
  void run(Runnable begins, Consumer<LoadProgress> progress) throws InterruptedException {
    forgetExcluded();
    List<TableSchema> missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    begins.run();
    beginAnew(missing);
    FullLoad load =
        new FullLoad(
            config.source(),
            config.load(),
            config.types(),
            new LoadStages(sink, committer),
            listener());
    Thread ticker = ticker(load, progress);
    SourceState begin = committer.source();
    signal.interruptOnStop(Thread.currentThread());
    try {
      load.run(missing, committer.load(), begin == null ? null : begin.position());
    } finally {
      signal.interruptOnStop(null);
      ticker.interrupt();
      progress.accept(load.progress());
    }
  }

  private List<TableSchema> missing() {
    LoadState state = committer.load();
    return server.tables().stream()
        .filter(
            table -> {
              TableLoad known = state.table(table.table());
              return known == null || !known.done();
            })
        .toList();
  }

  /**
   * A table that had rows before is told to be empty first: then the load's rows are all it has.
   */
  private void beginAnew(List<TableSchema> missing) throws InterruptedException {
    Set<TableName> seen =
        committer.schemas().stream().map(TableSchema::table).collect(Collectors.toSet());
    for (TableSchema table : missing) {
      if (committer.load().table(table.table()) == null && seen.contains(table.table())) {
        committer.commitTruncate(table);
      }
    }
    committer.seen(missing);
  }

  private void forgetExcluded() throws InterruptedException {
    List<TableName> excluded =
        committer.load().tables().stream()
            .map(TableLoad::table)
            .filter(table -> !config.source().includes(table))
            .toList();
    if (!excluded.isEmpty()) {
      committer.forget(excluded);
    }
  }

  private LoadListener listener() {
    return new LoadListener() {
      @Override
      public void zeroDates(TableName table, String column, long count) {
        for (long i = 0; i < count; i++) {
          nullified.accept(table + "." + column);
        }
      }
    };
  }

  private static Thread ticker(FullLoad load, Consumer<LoadProgress> progress) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(PROGRESS_MILLIS);
                  progress.accept(load.progress());
                }
              } catch (InterruptedException e) {
                // The load is over.
              }
            },
            "sluice-load-progress");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
