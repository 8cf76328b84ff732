package io.sluice.cdc.s3;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.RetryPolicy;
import io.sluice.cdc.s3.internal.commit.Checkpoints;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.commit.PipelineState;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.WriterEntry;
import io.sluice.cdc.s3.internal.recover.LogReader;
import io.sluice.cdc.s3.internal.recover.Ownership;
import io.sluice.cdc.s3.internal.recover.StateReader;
import io.sluice.cdc.sink.SinkLook;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Looks at a pipeline's state and leaves requests there, without taking it over. Thread-safe. */
final class Bystander {
  /** Somebody waits for the answer; a pipeline that runs would be more patient. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int READS_AT_ONCE = 32;

  private final PipelineId pipeline;
  private final S3Location target;
  private final Keys keys;
  private final Bucket bucket;
  private final Bucket temporary;
  private final CommitLog log;
  private final ReloadRequests requests;

  Bystander(S3Client client, S3Sink.Places places, PipelineId pipeline) {
    this.pipeline = pipeline;
    this.target = places.target();
    this.keys = new Keys(target.prefix(), places.temporary().prefix(), pipeline);
    this.bucket =
        new Bucket(client, target.bucket(), places.endpoint(), RetryPolicy.within(PATIENCE));
    this.temporary =
        new Bucket(
            client, places.temporary().bucket(), places.endpoint(), RetryPolicy.within(PATIENCE));
    this.log = new CommitLog(bucket, keys, PATIENCE);
    this.requests = new ReloadRequests(bucket, keys);
  }

  @Nullable SinkLook look() throws InterruptedException {
    PipelineState state = state();
    if (state.commit() == 0) {
      return null;
    }
    LogRecord last = last(state.commit());
    WriterEntry writer = last.writer();
    return new SinkLook(
        state.resumePoint(),
        new SinkLook.Writer(writer.host(), writer.pid(), Instant.parse(writer.since())),
        Instant.parse(last.time()),
        requests.all());
  }

  /** Throws when there is no such pipeline in this place. */
  void requireState() throws InterruptedException {
    lookAtOwners();
    if (bucket.list(keys.logPrefix(), "").isEmpty()) {
      throw new StateException(
          "Pipeline "
              + pipeline
              + " has no state in "
              + target
              + ", so there is nothing to compact",
          "Check pipeline and s3.final; if it was never started, start it");
    }
  }

  ReloadRequest request(TableName table) throws InterruptedException {
    PipelineState state = state();
    if (state.commit() == 0) {
      throw new StateException(
          "Pipeline " + pipeline + " has no state in " + target + ", so nothing was ever loaded",
          "Check pipeline and s3.final; if it was never started, its first start loads every table");
    }
    boolean known = state.resumePoint().load().table(table) != null;
    requests.make(pipeline, table);
    return new ReloadRequest(table, known, state.commit(), log, requests);
  }

  long readLog(long after, Consumer<LoggedCommit> to) throws InterruptedException {
    lookAtOwners();
    ExecutorService threads = threads();
    try {
      LogReader reader = new LogReader(bucket, keys, log, threads);
      return reader.readFromFirst(after, record -> LogTour.tell(record, to));
    } finally {
      threads.shutdownNow();
    }
  }

  private void lookAtOwners() throws InterruptedException {
    Ownership ownership = new Ownership(pipeline.value(), target.toString());
    ownership.lookAtFinal(bucket, keys.finalOwner());
    ownership.lookAtTemporary(temporary, keys.temporaryOwner());
  }

  private ExecutorService threads() {
    return Executors.newFixedThreadPool(
        READS_AT_ONCE,
        task -> {
          Thread thread = new Thread(task, "sluice-" + pipeline + "-look");
          thread.setDaemon(true);
          return thread;
        });
  }

  private PipelineState state() throws InterruptedException {
    lookAtOwners();
    ExecutorService threads = threads();
    try {
      return new StateReader(bucket, keys, log, new Checkpoints(bucket, keys), threads)
          .read()
          .state();
    } finally {
      threads.shutdownNow();
    }
  }

  private LogRecord last(long commit) throws InterruptedException {
    return log.read(commit)
        .orElseThrow(
            () ->
                new StateException(
                    "s3://" + bucket.name() + "/" + keys.log(commit) + " is missing",
                    "Nothing was changed. Restore that object from a version of it or from a backup"));
  }
}
