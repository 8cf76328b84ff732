package io.sluice.cdc.s3;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.s3.internal.commit.Checkpoints;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.commit.Committer;
import io.sluice.cdc.s3.internal.compact.Displacements;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.promote.Promoter;
import io.sluice.cdc.s3.internal.record.CheckpointRecord;
import io.sluice.cdc.s3.internal.record.CompactionRecord;
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
  private final Displacements displacements;
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
    this.displacements = new Displacements(committer.state().commit());
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

  /** Whether no commit begins any more. */
  boolean isStopped() {
    return stopped != null;
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

  /** Which records may have taken files out of use. */
  Displacements displacements() {
    return displacements;
  }

  /** The number of the last commit. */
  long lastCommit() throws InterruptedException {
    order.lockInterruptibly();
    try {
      return committer.state().commit();
    } finally {
      order.unlock();
    }
  }

  /**
   * Commits that files take the place of others.
   *
   * @param requests what was found to be right
   * @param foundAfter the last commit that was there when that was found
   * @return completes when the files are readable; null when it has to be found anew
   */
  @Nullable CompletableFuture<Instant> compact(List<CompactionRecord> requests, long foundAfter)
      throws InterruptedException {
    order.lockInterruptibly();
    try {
      requireUsable();
      CdcException earlier = promoter.failure();
      if (earlier != null) {
        throw earlier;
      }
      if (displacements.anyAfter(foundAfter)) {
        return null;
      }
      promoter.awaitRoom();
      CompletableFuture<Instant> promoted = null;
      try {
        promoted = compactInOrder(committer.compaction(requests));
        return promoted;
      } finally {
        if (promoted == null) {
          promoter.giveBackRoom();
        }
      }
    } finally {
      order.unlock();
    }
  }

  private CompletableFuture<Instant> compactInOrder(LogRecord record) throws InterruptedException {
    CommitLog.Appended appended = append(record, () -> {});
    CdcException failure;
    if (appended instanceof CommitLog.Appended.Stored) {
      displacements.add(record);
      CompletableFuture<Instant> promoted = promoter.submit(record);
      checkpointWhenDue(record.commit());
      return promoted;
    } else if (appended instanceof CommitLog.Appended.Taken taken) {
      failure = CommitLog.fenced(record, taken.other());
    } else if (appended instanceof CommitLog.Appended.Refused refused) {
      throw refused.reason(); // nothing happened, and the next commit has the same number
    } else {
      failure = ((CommitLog.Appended.Unknown) appended).reason();
    }
    stop(failure);
    throw failure;
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
    CommitLog.Appended appended = append(record, stage::committed);
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
  private CommitLog.Appended append(LogRecord record, Runnable keepFiles)
      throws InterruptedException {
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
        keepFiles.run();
      }
    }
  }

  private CommitReceipt committed(LogRecord record) {
    displacements.add(record);
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
