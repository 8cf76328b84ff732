package io.sluice.cdc.s3;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.RetryPolicy;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.compact.CompactionRequests;
import io.sluice.cdc.s3.internal.compact.RequestCheck;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.CompactionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then for requests to compact, commits those that are right and removes them. On a
 * thread of its own: whatever goes wrong here, the pipeline goes on and a later look tries again.
 */
final class CompactionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionWatch.class);

  /** One cheap request to the store; nobody waits for a compaction. */
  static final Duration EVERY = Duration.ofMinutes(1);

  private static final int AT_ONCE = 500;
  private static final RetryPolicy BRIEF =
      new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(5));

  private final String pipeline;
  private final Duration every;
  private final Keys keys;
  private final CommitLane lane;
  private final Bucket temporary;
  private final CommitLog log;
  private final CompactionRequests requests;
  private final String bucket;
  private final ScheduledExecutorService thread;
  private boolean told; // of the one thread

  CompactionWatch(
      String pipeline,
      Duration every,
      Keys keys,
      CommitLane lane,
      Bucket target,
      Bucket temporary) {
    this.pipeline = pipeline;
    this.every = every;
    this.keys = keys;
    this.lane = lane;
    this.temporary = temporary.with(BRIEF);
    this.log = new CommitLog(target.with(BRIEF), keys, Duration.ofSeconds(5));
    this.requests = new CompactionRequests(target.with(BRIEF), keys);
    this.bucket = target.name();
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "sluice-" + pipeline + "-compact");
              made.setDaemon(true);
              return made;
            });
  }

  /** Looks soon, and from then on again and again. */
  void start() {
    var unusedFirst = thread.schedule(this::look, 0, TimeUnit.MILLISECONDS);
    var unusedOthers =
        thread.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      while (take()) {
        LOG.debug("Looking for more requests to compact");
      }
      told = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /**
   * Told once, and again only when it has worked in between; why a sink stopped is told already.
   */
  private void failed(RuntimeException e) {
    if (told || lane.isStopped()) {
      LOG.debug("Cannot take requests to compact now; trying again", e);
      return;
    }
    told = true;
    LOG.warn(
        "Requests to compact below s3://{}/{} cannot be taken; the pipeline goes on, and"
            + " tries again every {} s: {}",
        bucket,
        keys.compactionPrefix(),
        every.toSeconds(),
        e instanceof CdcException ? e.getMessage() : e);
  }

  /** Takes what waits; returns whether there may be more. */
  private boolean take() throws InterruptedException {
    List<CompactionRecord> waiting = requests.waiting(AT_ONCE);
    if (waiting.isEmpty()) {
      return false;
    }
    long upTo = lane.lastCommit();
    RequestCheck check = new RequestCheck(pipeline, keys, log, temporary, lane.displacements());
    List<CompactionRecord> right = new ArrayList<>();
    for (CompactionRecord request : waiting) {
      String against = check.against(request);
      if (against == null) {
        right.add(request);
      } else {
        refuse(request, against, check.isCommitted(request));
      }
    }
    return right.isEmpty() ? waiting.size() == AT_ONCE : commit(right, upTo);
  }

  private boolean commit(List<CompactionRecord> right, long upTo) throws InterruptedException {
    CompletableFuture<Instant> promoted = lane.compact(right, upTo);
    if (promoted == null) {
      return true;
    }
    try {
      promoted.get(); // before that the staged files must not look forsaken
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CdcException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
    FailPoint.BEFORE_REQUEST_REMOVAL.pass();
    requests.remove(right);
    for (CompactionRecord request : right) {
      LOG.info(
          "Compacted {} files of {}.{}, day {}, into one",
          request.replaced().size(),
          request.file().database(),
          request.file().table(),
          request.file().dt());
    }
    return true;
  }

  private void refuse(CompactionRecord request, String why, boolean committed)
      throws InterruptedException {
    if (!committed) {
      LOG.warn(
          "The request to compact {}.{}, day {}, was removed: {}",
          request.file().database(),
          request.file().table(),
          request.file().dt(),
          why);
    }
    requests.remove(List.of(request));
    if (!committed && request.file().temporaryKey().equals(keys.compacted(request.id()))) {
      temporary.delete(List.of(request.file().temporaryKey()));
    }
  }

  /** Lets a look that is under way end, within seconds. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(8, TimeUnit.SECONDS)) {
        LOG.debug("A compaction is left to the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
