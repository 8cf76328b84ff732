package io.sluice.cdc.s3;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.RetryPolicy;
import io.sluice.cdc.s3.internal.commit.Checkpoints;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.commit.Committer;
import io.sluice.cdc.s3.internal.commit.PipelineState;
import io.sluice.cdc.s3.internal.encode.Compressors;
import io.sluice.cdc.s3.internal.encode.ParquetSettings;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.promote.FilePromoter;
import io.sluice.cdc.s3.internal.promote.Promoter;
import io.sluice.cdc.s3.internal.record.WriterEntry;
import io.sluice.cdc.s3.internal.recover.Recovery;
import io.sluice.cdc.s3.internal.segment.SegmentKeeper;
import io.sluice.cdc.s3.internal.stage.FileFactory;
import io.sluice.cdc.s3.internal.stage.MemoryBudget;
import io.sluice.cdc.s3.internal.stage.S3Stage;
import io.sluice.cdc.s3.internal.stage.SchemaVersions;
import io.sluice.cdc.s3.internal.stage.Transfers;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** A sink that is open: wires the rooms together. Thread-safe. */
final class OpenSink {
  private static final int UPLOADS_AT_ONCE = 8;
  private static final int COPIES_AT_ONCE = 16;
  private static final Duration LAST_COMMIT = Duration.ofSeconds(8);
  private static final Duration LAST_PROMOTIONS = Duration.ofSeconds(8);

  private final String pipeline;
  private final String finalLocation;
  private final Duration lookEvery;
  private final Keys keys;
  private final Bucket target;
  private final Bucket temporary;
  private final ParquetSettings settings;
  private final MemoryBudget budget;
  private final Compressors compressors;
  private final CommitLog log;
  private final Checkpoints checkpoints;
  private final FilePromoter files;
  private final ExecutorService uploads;
  private final ExecutorService copies;
  private final Transfers transfers;
  private final SchemaVersions versions = new SchemaVersions();
  private final Set<S3Stage> stages = ConcurrentHashMap.newKeySet();
  private final AtomicLong stageNumber = new AtomicLong();
  private final ReloadRequests reloads;
  private final SegmentKeeper segments;
  private @Nullable CommitLane lane;
  private @Nullable CompactionWatch compactions;

  OpenSink(
      S3Client client,
      S3Sink.Places places,
      PipelineId pipeline,
      ParquetSettings parquet,
      long memory) {
    RetryPolicy policy = RetryPolicy.within(places.retryFor());
    this.pipeline = pipeline.value();
    this.finalLocation = places.target().toString();
    this.lookEvery = places.lookEvery();
    this.keys = new Keys(places.target().prefix(), places.temporary().prefix(), pipeline);
    this.target = new Bucket(client, places.target().bucket(), places.endpoint(), policy);
    this.temporary = new Bucket(client, places.temporary().bucket(), places.endpoint(), policy);
    this.budget = new MemoryBudget(memory);
    this.settings =
        new ParquetSettings(
            parquet.compression(),
            parquet.level(),
            budget.rowGroupBytes(parquet.rowGroupBytes()),
            parquet.pageBytes());
    this.compressors = new Compressors(settings);
    this.log = new CommitLog(target, keys, places.retryFor());
    this.checkpoints = new Checkpoints(target, keys);
    this.reloads = new ReloadRequests(target, keys);
    this.segments = new SegmentKeeper(target, keys, threads("segment"));
    this.uploads = Executors.newFixedThreadPool(UPLOADS_AT_ONCE, threads("upload"));
    this.copies = Executors.newFixedThreadPool(COPIES_AT_ONCE, threads("copy"));
    this.files = new FilePromoter(temporary, target, keys, copies);
    this.transfers = new Transfers(temporary, uploads, budget);
  }

  ResumePoint recover() throws InterruptedException {
    WriterEntry writer =
        new WriterEntry(
            UUID.randomUUID().toString(),
            ThisProcess.host(),
            ThisProcess.pid(),
            Instant.now().toString());
    Recovery recovery = new Recovery(target, temporary, keys, log, checkpoints, files, copies);
    PipelineState state = recovery.run(pipeline, writer, finalLocation);
    state.schemas().forEach(s -> versions.committed(s.version(), s.schema()));
    Committer committer = new Committer(log, keys, pipeline, writer, versions, state);
    Promoter promoter = new Promoter(files, state.commit(), threads("promote"));
    CommitLane opened = new CommitLane(pipeline, committer, promoter, checkpoints);
    lane = opened;
    CompactionWatch watch =
        new CompactionWatch(pipeline, lookEvery, keys, opened, target, temporary);
    compactions = watch;
    watch.start();
    segments.reached(state.commit());
    return state.resumePoint();
  }

  Stage stage() {
    CommitLane open = lane();
    open.requireUsable();
    stages.removeIf(S3Stage::isOver);
    FileFactory factory =
        new FileFactory(
            pipeline,
            keys,
            open.epoch(),
            stageNumber.incrementAndGet(),
            settings,
            compressors,
            transfers,
            budget,
            versions);
    S3Stage stage = new S3Stage(factory, budget);
    stages.add(stage);
    return stage;
  }

  CommitOutcome commit(Stage stage, CommitRequest request) throws InterruptedException {
    if (!(stage instanceof S3Stage own) || !stages.contains(own)) {
      throw new IllegalArgumentException(
          "the stage is not one of this sink, or was committed or discarded");
    }
    CommitOutcome outcome = lane().commit(own, request);
    if (outcome instanceof CommitOutcome.Committed committed) {
      segments.reached(committed.receipt().commit());
    }
    return outcome;
  }

  ReloadRequests reloads() {
    return reloads;
  }

  void close() {
    segments.close();
    CompactionWatch watch = compactions;
    if (watch != null) {
      watch.close();
    }
    CommitLane open = lane;
    if (open != null) {
      open.stop(new SinkException("The sink is closed", "Build another one"));
      open.awaitIdle(LAST_COMMIT);
    }
    stages.forEach(S3Stage::discard);
    if (open != null) {
      open.close(LAST_PROMOTIONS);
    }
    uploads.shutdownNow();
    copies.shutdownNow();
    compressors.close();
  }

  private CommitLane lane() {
    CommitLane open = lane;
    if (open == null) {
      throw new IllegalStateException("not recovered");
    }
    return open;
  }

  private ThreadFactory threads(String what) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread =
          new Thread(task, "sluice-" + pipeline + "-" + what + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
