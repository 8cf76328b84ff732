package io.sluice.cdc.s3.internal.promote;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.s3.internal.record.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Promotes commits in the background, in their order. The copies of one commit run while the staged
 * files of the one before are removed. Thread-safe.
 */
public final class Promoter {
  private static final Logger LOG = LoggerFactory.getLogger(Promoter.class);

  /** So many commits may wait before the next one blocks. */
  private static final int WAITING = 4;

  private final FilePromoter files;
  private final ExecutorService copying;
  private final ExecutorService tidying;
  private final Semaphore room = new Semaphore(WAITING);
  private volatile long promotedUpTo;
  private volatile @Nullable CdcException failure;

  /**
   * A promoter that has nothing to do yet.
   *
   * @param files does the work
   * @param promotedUpTo every commit up to this one is promoted
   * @param threads makes its two threads
   */
  public Promoter(FilePromoter files, long promotedUpTo, ThreadFactory threads) {
    this.files = files;
    this.promotedUpTo = promotedUpTo;
    this.copying = Executors.newSingleThreadExecutor(threads);
    this.tidying = Executors.newSingleThreadExecutor(threads);
  }

  /** Every commit up to this one is promoted. */
  public long promotedUpTo() {
    return promotedUpTo;
  }

  /** Why promotion has stopped for good, or null. */
  public @Nullable CdcException failure() {
    return failure;
  }

  /** Waits until another commit may be submitted. */
  public void awaitRoom() throws InterruptedException {
    room.acquire();
  }

  /** Gives back the room of a commit that did not come. */
  public void giveBackRoom() {
    room.release();
  }

  /**
   * Promotes a commit for which there was room.
   *
   * @return when its last file became readable
   */
  public CompletableFuture<Instant> submit(LogRecord commit) {
    CompletableFuture<Instant> promoted = new CompletableFuture<>();
    try {
      copying.execute(() -> promote(commit, promoted));
    } catch (RejectedExecutionException e) {
      fail(commit, promoted, closed(commit, e));
    }
    return promoted;
  }

  /** Runs something after everything that was submitted before it. */
  public void afterwards(Runnable task) {
    try {
      copying.execute(() -> tidying.execute(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed before {}", task);
    }
  }

  /** Waits until all is promoted; what takes longer is left to the next start. */
  public void close(Duration patience) {
    copying.shutdown();
    boolean done = await(copying, patience);
    tidying.shutdown();
    done = done && await(tidying, patience);
    if (!done) {
      LOG.warn("Not everything that was committed is promoted yet; the next start promotes it");
    }
    copying.shutdownNow();
    tidying.shutdownNow();
  }

  private void promote(LogRecord commit, CompletableFuture<Instant> promoted) {
    try {
      CdcException earlier = failure;
      if (earlier != null) {
        throw earlier;
      }
      files.copy(commit);
      Instant readable = Instant.now();
      promoted.complete(readable);
      tidying.execute(() -> tidy(commit, readable));
    } catch (InterruptedException e) {
      fail(commit, promoted, closed(commit, e));
    } catch (CdcException e) {
      fail(commit, promoted, e);
    } catch (RuntimeException e) {
      fail(
          commit,
          promoted,
          new SinkException(
              "Commit " + commit.commit() + " could not be promoted: " + e,
              "The commit stands; start again and it is promoted",
              e));
    }
  }

  private static SinkException closed(LogRecord commit, Exception cause) {
    return new SinkException(
        "Commit " + commit.commit() + " stands but is not promoted, the sink was closed",
        "The next start promotes it",
        cause);
  }

  private void fail(LogRecord commit, CompletableFuture<Instant> promoted, CdcException reason) {
    if (failure == null) {
      failure = reason;
      LOG.warn("Commit {} stands but is not promoted: {}", commit.commit(), reason.getMessage());
    }
    room.release();
    promoted.completeExceptionally(reason);
  }

  private void tidy(LogRecord commit, Instant readable) {
    try {
      if (failure == null && announce(commit, readable)) {
        files.clean(commit);
      }
    } catch (InterruptedException e) {
      LOG.info(
          "Commit {} is promoted; its staged files are left to the next start", commit.commit());
    } catch (RuntimeException e) {
      LOG.warn(
          "Commit {} is promoted; its staged files are left to the next start: {}",
          commit.commit(),
          e.getMessage());
    } finally {
      room.release();
    }
  }

  private boolean announce(LogRecord commit, Instant readable) throws InterruptedException {
    try {
      files.announce(commit, readable);
      promotedUpTo = commit.commit();
      return true;
    } catch (CdcException e) {
      failure = e;
      LOG.warn(
          "Commit {} is promoted but could not be announced: {}", commit.commit(), e.getMessage());
      return false;
    }
  }

  private static boolean await(ExecutorService threads, Duration patience) {
    try {
      return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
