package io.sluice.cdc.s3;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.RetryPolicy;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.compact.CompactionRules;
import io.sluice.cdc.s3.internal.compact.Compactor;
import io.sluice.cdc.s3.internal.encode.Compressors;
import io.sluice.cdc.s3.internal.encode.ParquetSettings;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.stage.CompactFile;
import io.sluice.cdc.s3.internal.stage.MemoryBudget;
import io.sluice.cdc.s3.internal.stage.Transfers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;

/** One run of a compaction beside the pipeline. Used once, by one thread. */
final class CompactionRun implements Compactor.Telling {
  /** What they hold is bounded elsewhere; most of them read records of the log. */
  private static final int REQUESTS_AT_ONCE = 32;

  private final S3Client client;
  private final S3Sink.Places places;
  private final PipelineId pipeline;
  private final ParquetSettings parquet;
  private final long memory;
  private final Consumer<String> progress;
  private final List<String> skipped = new ArrayList<>();
  private int filesBefore;
  private long bytesBefore;
  private int filesAfter;
  private long bytesAfter;
  private long rows;

  CompactionRun(
      S3Client client,
      S3Sink.Places places,
      PipelineId pipeline,
      ParquetSettings parquet,
      long memory,
      Consumer<String> progress) {
    this.client = client;
    this.places = places;
    this.pipeline = pipeline;
    this.parquet = parquet;
    this.memory = memory;
    this.progress = progress;
  }

  CompactionReport run(Compaction compaction) throws InterruptedException {
    long start = System.nanoTime();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            REQUESTS_AT_ONCE,
            task -> {
              Thread thread = new Thread(task, "sluice-" + pipeline + "-compactor");
              thread.setDaemon(true);
              return thread;
            });
    MemoryBudget budget = new MemoryBudget(memory);
    ParquetSettings settings =
        new ParquetSettings(
            parquet.compression(),
            parquet.level(),
            budget.rowGroupBytes(parquet.rowGroupBytes()),
            parquet.pageBytes());
    try (Compressors compressors = new Compressors(settings)) {
      Bucket temporary = bucket(places.temporary());
      CompactFile.Tools tools =
          new CompactFile.Tools(
              settings, compressors, new Transfers(temporary, threads, budget), budget);
      return report(compactor(temporary, threads, tools).run(rules(compaction)), start);
    } finally {
      threads.shutdownNow();
    }
  }

  private Compactor compactor(Bucket temporary, ExecutorService threads, CompactFile.Tools tools) {
    Bucket target = bucket(places.target());
    Keys keys = new Keys(places.target().prefix(), places.temporary().prefix(), pipeline);
    return new Compactor(
        pipeline.value(),
        keys,
        target,
        temporary,
        new CommitLog(target, keys, places.retryFor()),
        threads,
        tools,
        new Compactor.Who(ThisProcess.host(), ThisProcess.pid()),
        this);
  }

  private Bucket bucket(S3Location location) {
    return new Bucket(
        client, location.bucket(), places.endpoint(), RetryPolicy.within(places.retryFor()));
  }

  /** A day that has been over for so long has been followed by its next midnight for so long. */
  private static CompactionRules rules(Compaction compaction) {
    Instant now = compaction.clock().instant();
    LocalDate before = LocalDate.ofInstant(now.minus(compaction.olderThan()), ZoneOffset.UTC);
    return new CompactionRules(
        compaction.targetBytes(),
        compaction.minFiles(),
        before,
        compaction.keep(),
        now,
        compaction.tables());
  }

  private CompactionReport report(Compactor.Outcome outcome, long start) {
    return new CompactionReport(
        filesBefore,
        bytesBefore,
        filesAfter,
        bytesAfter,
        rows,
        outcome.deleted(),
        outcome.commitsToDelete(),
        outcome.hasMore(),
        skipped,
        Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void staged(FileEntry first, int files, long before, long ofRows, long bytes) {
    filesBefore += files;
    bytesBefore += before;
    filesAfter++;
    bytesAfter += bytes;
    rows += ofRows;
    progress.accept(
        first.database()
            + "."
            + first.table()
            + ", day "
            + first.dt()
            + ": "
            + files
            + " "
            + first.kind()
            + " files, "
            + ofRows
            + " rows");
  }

  @Override
  public void skipped(TableName table, String day, String why) {
    skipped.add(table + ", day " + day + ": " + why);
  }
}
