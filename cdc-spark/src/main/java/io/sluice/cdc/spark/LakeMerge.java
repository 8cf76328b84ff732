package io.sluice.cdc.spark;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.CommitLogReader;
import io.sluice.cdc.spark.internal.lake.Lake;
import io.sluice.cdc.spark.internal.lake.LakeTable;
import io.sluice.cdc.spark.internal.lake.Progress;
import io.sluice.cdc.spark.internal.log.HadoopStore;
import io.sluice.cdc.spark.internal.log.LogSpan;
import io.sluice.cdc.spark.internal.merge.TableMerge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings Iceberg tables in step with what a pipeline has committed. Each {@link #run} merges what
 * is new since the last one and ends; how far a table is merged is written in one step with its
 * rows, so that it can be killed at any moment and be run again.
 *
 * <p>The session stays the caller's. A run is for one thread; of two runs at once over the same
 * tables one waits for nothing and may do work in vain, but nothing is merged twice.
 */
public final class LakeMerge {
  private static final Logger LOG = LoggerFactory.getLogger(LakeMerge.class);

  private final SparkSession spark;
  private final LakeMergeBuilder settings;
  private final CommitLogReader log;
  private final Lake lake;
  private final TableIdentifier progressPlace;
  private final TableMerge.Steps steps;

  LakeMerge(LakeMergeBuilder settings, TableMerge.Steps steps) {
    this.spark = settings.spark;
    this.settings = settings;
    this.steps = steps;
    this.log =
        new CommitLogReader(
            new PipelineId(settings.pipeline),
            new HadoopStore(settings.location, spark.sessionState().newHadoopConf()));
    this.lake = new Lake(catalog(), settings.names(), settings.pipeline, settings.properties);
    this.progressPlace = settings.progressPlace();
  }

  /** A builder with the defaults. */
  public static LakeMergeBuilder builder(SparkSession spark) {
    return new LakeMergeBuilder(spark);
  }

  /**
   * Merges all commits that are promoted by now, up to the last one that does not end inside a
   * transaction.
   *
   * @throws MergeException when some tables could not be merged
   * @throws io.sluice.cdc.error.CdcException when the log cannot be read, or a setting is wrong
   */
  public MergeResult run() throws InterruptedException {
    long start = System.nanoTime();
    Optional<Progress> progress = Progress.read(lake, progressPlace).filter(this::holds);
    LogSpan span = LogSpan.read(log, progress.map(Progress::commit).orElse(0L));
    requireMatches(span, progress);
    tell(span);
    TableRuns runs = new TableRuns(merger(), settings, lake, log, span);
    List<TableResult> results = runs.run(wanted(span));
    steps.reached("merged", new TableName("", ""));
    remember(span, progress, results);
    return new MergeResult(
        settings.pipeline,
        span.after(),
        span.through(),
        results,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private void tell(LogSpan span) {
    if (span.through() > span.after()) {
      LOG.info(
          "Pipeline {}: merging commits {} to {}",
          settings.pipeline,
          span.after() + 1,
          span.through());
    } else {
      LOG.info("Pipeline {}: nothing new since commit {}", settings.pipeline, span.after());
    }
  }

  private TableMerge merger() {
    return new TableMerge(spark, settings.location, lake, steps);
  }

  private Catalog catalog() {
    String name = settings.names().catalog();
    try {
      return Spark3Util.loadIcebergCatalog(spark, name);
    } catch (Exception e) { // Scala's are not declared
      if (spark.sparkContext().isStopped()) {
        throw new StateException(
            "Spark has stopped, and nothing was merged (" + e.getMessage() + ")",
            "Look at the messages above, and run it again");
      }
      throw new ConfigurationException(
          List.of(
              "into: '"
                  + name
                  + "' is no Iceberg catalogue of this session ("
                  + e.getMessage()
                  + "); set spark.sql.catalog."
                  + name
                  + "=org.apache.iceberg.spark.SparkCatalog and its properties"));
    }
  }

  /** Whether every table is there, and not behind what it was when that was written. */
  private boolean holds(Progress progress) {
    return progress.choice().equals(settings.choice())
        && progress.tables().entrySet().stream()
            .allMatch(
                e ->
                    lake.find(e.getKey())
                        .flatMap(LakeTable::commit)
                        .filter(commit -> commit >= e.getValue())
                        .isPresent());
  }

  private List<TableName> wanted(LogSpan span) {
    return span.tables().keySet().stream().filter(settings::includes).toList();
  }

  private void requireMatches(LogSpan span, Optional<Progress> progress) {
    Set<TableName> known = new TreeSet<>(span.tables().keySet());
    progress.ifPresent(p -> known.addAll(p.tables().keySet()));
    List<String> problems = new ArrayList<>();
    for (TablePattern pattern : settings.patterns()) {
      if (known.stream().noneMatch(pattern::matches)) {
        problems.add("'" + pattern + "' matches no table of the log, which has " + known);
      }
    }
    if (!problems.isEmpty() && !known.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Only written when it changes, for it is a commit to a table like others. */
  private void remember(LogSpan span, Optional<Progress> before, List<TableResult> results) {
    Map<TableName, Long> tables = new TreeMap<>();
    before.ifPresent(p -> tables.putAll(p.tables()));
    results.forEach(
        r ->
            lake.find(r.table())
                .flatMap(LakeTable::commit)
                .ifPresent(commit -> tables.put(r.table(), commit)));
    Progress now = new Progress(span.through(), settings.choice(), tables);
    if (!Optional.of(now).equals(before)) {
      now.write(lake, progressPlace);
    }
  }
}
