package io.sluice.cdc.s3;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.s3.internal.commit.Checkpoints;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.commit.Committer;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.promote.Promoter;
import io.sluice.cdc.s3.internal.record.CheckpointRecord;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.recover.Recovery;
import io.sluice.cdc.s3.internal.stage.S3Stage;
import io.sluice.cdc.s3.internal.stage.StagedFile;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitReceipt;
import io.sluice.cdc.sink.CommitRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits one after the other, in the order of the calls, until one does not end well. Thread-safe.
 */
final class CommitLane {
  private static final Logger LOG = LoggerFactory.getLogger(CommitLane.class);

  /** Long enough for a few attempts, short enough for a process that is asked to end. */
  private static final Duration GRACE = Duration.ofSeconds(12);

  private final ReentrantLock order = new ReentrantLock(true);
  private final SteadyCall steady;
  private final String pipeline;
  private final Committer committer;
  private final Promoter promoter;
  private final Checkpoints checkpoints;
  private final long epoch;
  private long lastCheckpoint;
  private volatile @Nullable CdcException stopped;

  CommitLane(String pipeline, Committer committer, Promoter promoter, Checkpoints checkpoints) {
    this.pipeline = pipeline;
    this.steady = new SteadyCall("sluice-commit-put-" + pipeline, GRACE);
    this.committer = committer;
    this.promoter = promoter;
    this.checkpoints = checkpoints;
    this.epoch = committer.state().epoch();
    this.lastCheckpoint = committer.state().commit();
  }

  long epoch() {
    return epoch;
  }

  void requireUsable() {
    CdcException reason = stopped;
    if (reason != null) {
      throw new SinkException(
          "The sink takes no more: " + reason.problem(), reason.remedy(), reason);
    }
  }

  /** No commit begins after this. */
  void stop(CdcException reason) {
    if (stopped == null) {
      stopped = reason;
    }
  }

  CommitOutcome commit(S3Stage stage, CommitRequest request) throws InterruptedException {
    order.lockInterruptibly();
    try {
      requireUsable();
      promoter.awaitRoom();
      boolean submitted = false;
      try {
        CommitOutcome outcome = commitInOrder(stage, request);
        submitted = outcome instanceof CommitOutcome.Committed;
        return outcome;
      } finally {
        if (!submitted) {
          promoter.giveBackRoom();
        }
      }
    } finally {
      order.unlock();
    }
  }

  /**
   * Waits until no commit is under way; one that takes longer decides by itself what becomes of its
   * files.
   */
  void awaitIdle(Duration patience) {
    try {
      if (order.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        order.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until all is promoted. */
  void close(Duration patience) {
    promoter.close(patience);
    steady.close();
  }

  private CommitOutcome commitInOrder(S3Stage stage, CommitRequest request)
      throws InterruptedException {
    LogRecord record;
    try {
      CdcException earlier = promoter.failure();
      if (earlier != null) {
        throw earlier;
      }
      stage.finish();
      FailPoint.AFTER_LAST_STAGED_FILE.pass();
    } catch (CdcException e) {
      stop(e);
      stage.discard();
      return new CommitOutcome.NotCommitted(e);
    }
    List<StagedFile> files = stage.takeForCommit();
    try {
      record = committer.record(files, request);
    } catch (CdcException e) {
      return notCommitted(stage, e);
    }
    CommitLog.Appended appended = append(stage, record);
    if (appended instanceof CommitLog.Appended.Stored) {
      stage.committed();
      return new CommitOutcome.Committed(committed(record));
    }
    if (appended instanceof CommitLog.Appended.Taken taken) {
      return notCommitted(stage, CommitLog.fenced(record, taken.other()));
    }
    if (appended instanceof CommitLog.Appended.Refused refused) {
      return notCommitted(stage, refused.reason());
    }
    CdcException unknown = ((CommitLog.Appended.Unknown) appended).reason();
    stop(unknown);
    stage.committed();
    return new CommitOutcome.Unknown(unknown);
  }

  /**
   * Whatever breaks this off leaves the outcome open, so the files are no longer ours to remove.
   */
  private CommitLog.Appended append(S3Stage stage, LogRecord record) throws InterruptedException {
    boolean ended = false;
    try {
      CommitLog.Appended appended = steady.call(() -> committer.append(record));
      ended = true;
      return appended;
    } finally {
      if (!ended) {
        stop(
            new SinkException(
                "Commit "
                    + record.commit()
                    + " of pipeline "
                    + pipeline
                    + " was broken off, its outcome is unknown",
                "Start again: the start finds out whether the commit stands"));
        stage.committed();
      }
    }
  }

  private CommitReceipt committed(LogRecord record) {
    CompletableFuture<Instant> promoted = promoter.submit(record);
    checkpointWhenDue(record.commit());
    List<FileEntry> files = record.files();
    return new CommitReceipt(
        record.commit(),
        Instant.parse(record.time()),
        files.size(),
        files.stream().mapToLong(FileEntry::rows).sum(),
        files.stream().mapToLong(FileEntry::bytes).sum(),
        promoted);
  }

  private CommitOutcome notCommitted(S3Stage stage, CdcException reason) {
    stop(reason);
    stage.notCommitted();
    return new CommitOutcome.NotCommitted(reason);
  }

  private void checkpointWhenDue(long commit) {
    if (commit - lastCheckpoint < Recovery.CHECKPOINT_EVERY) {
      return;
    }
    lastCheckpoint = commit;
    CheckpointRecord checkpoint =
        committer.state().checkpoint(pipeline, Instant.now().toString(), promoter.promotedUpTo());
    promoter.afterwards(() -> write(checkpoint));
  }

  private void write(CheckpointRecord checkpoint) {
    try {
      checkpoints.write(checkpoint);
    } catch (InterruptedException e) {
      LOG.info(
          "The checkpoint after commit {} was not written, the sink was closed",
          checkpoint.commit());
    } catch (RuntimeException e) {
      LOG.warn(
          "The checkpoint after commit {} was not written: {}",
          checkpoint.commit(),
          e.getMessage());
    }
  }
}
