package io.sluice.cdc.spark;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.CommitLogReader;
import io.sluice.cdc.spark.internal.lake.Lake;
import io.sluice.cdc.spark.internal.log.LogSpan;
import io.sluice.cdc.spark.internal.merge.Outcome;
import io.sluice.cdc.spark.internal.merge.TableMerge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges the tables of one run, several at once; one that fails does not keep the others back. */
final class TableRuns {
  private static final Logger LOG = LoggerFactory.getLogger(TableRuns.class);

  private final TableMerge merger;
  private final LakeMergeBuilder settings;
  private final Lake lake;
  private final CommitLogReader log;
  private final LogSpan span;
  private @Nullable LogSpan whole;

  TableRuns(
      TableMerge merger, LakeMergeBuilder settings, Lake lake, CommitLogReader log, LogSpan span) {
    this.merger = merger;
    this.settings = settings;
    this.lake = lake;
    this.log = log;
    this.span = span;
  }

  List<TableResult> run(List<TableName> tables) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(settings.parallel);
    try {
      Map<TableName, Future<TableResult>> runs = new TreeMap<>();
      tables.forEach(t -> runs.put(t, threads.submit((Callable<TableResult>) () -> one(t))));
      List<TableResult> results = new ArrayList<>();
      Map<TableName, Exception> failures = new TreeMap<>();
      for (Map.Entry<TableName, Future<TableResult>> run : runs.entrySet()) {
        try {
          results.add(run.getValue().get());
        } catch (ExecutionException e) {
          Exception failure = failure(e);
          LOG.warn("{} was not merged", run.getKey(), failure);
          failures.put(run.getKey(), failure);
        }
      }
      if (!failures.isEmpty()) {
        throw new MergeException(failures);
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Exception failure(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof Exception cause ? cause : e;
  }

  private TableResult one(TableName table) throws Exception {
    long start = System.nanoTime();
    Outcome outcome = outcome(table);
    TableResult result = result(table, outcome, Duration.ofNanos(System.nanoTime() - start));
    LOG.info("{}", result);
    return result;
  }

  private Outcome outcome(TableName table) throws Exception {
    String partition = settings.partition(table);
    try {
      return merger.run(table, span, partition);
    } catch (TableMerge.NeedsWholeLogException e) {
      return merger.run(table, whole(), partition);
    }
  }

  /** Read when the first table needs it. */
  private synchronized LogSpan whole() throws InterruptedException {
    LogSpan read = whole;
    if (read == null) {
      read = LogSpan.read(log, 0);
      whole = read;
    }
    return read;
  }

  private TableResult result(TableName table, Outcome outcome, Duration took) {
    return new TableResult(
        table,
        lake.name(table),
        TableResult.Way.valueOf(outcome.way().name()),
        outcome.rebuilt(),
        outcome.counts().of("r"),
        outcome.counts().of("c"),
        outcome.counts().of("u"),
        outcome.counts().of("d"),
        outcome.counts().isEmptied(),
        outcome.from(),
        outcome.through(),
        took);
  }
}
