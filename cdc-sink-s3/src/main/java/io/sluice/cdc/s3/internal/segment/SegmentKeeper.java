package io.sluice.cdc.s3.internal.segment;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.key.Keys;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a segment for every full thousand of records, the oldest first. On a
 * thread of its own: whatever goes wrong here, the pipeline goes on, and readers do without. Only
 * records that are certain are given to it. Thread-safe.
 */
public final class SegmentKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentKeeper.class);
  private static final long PATIENCE_SECONDS = 2;

  private final Bucket bucket;
  private final Keys keys;
  private final SegmentMaker maker;
  private final ExecutorService thread;
  private final AtomicLong certain = new AtomicLong();

  // Of the one thread: the first segment to look at, those that are there or cannot be, and
  // whether somebody knows of a failure.
  private @Nullable Long first;
  private final Set<Long> settled = new HashSet<>();
  private boolean told;

  /**
   * A keeper that has nothing to do yet.
   *
   * @param bucket the final one
   * @param keys spells its keys
   * @param threads makes its threads
   */
  public SegmentKeeper(Bucket bucket, Keys keys, ThreadFactory threads) {
    this.bucket = bucket;
    this.keys = keys;
    this.maker = new SegmentMaker(bucket, keys, threads);
    this.thread = Executors.newSingleThreadExecutor(threads);
  }

  /** All records up to this one are there for good. Returns at once. */
  public void reached(long commit) {
    long before = certain.getAndAccumulate(commit, Math::max);
    if (commit / Keys.SEGMENT_RECORDS > before / Keys.SEGMENT_RECORDS) {
      try {
        thread.execute(this::makeMissing);
      } catch (RejectedExecutionException e) {
        LOG.debug("Closed before segments up to {} were made", commit);
      }
    }
  }

  private void makeMissing() {
    try {
      for (long last = first(); last <= certain.get(); last += Keys.SEGMENT_RECORDS) {
        if (!settled.contains(last)) {
          make(last);
          settled.add(last);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      tell(e);
    }
  }

  private void make(long last) throws InterruptedException {
    try {
      if (!maker.make(last)) {
        LOG.debug("Segment {} would be too large and is left out", keys.segment(last));
      }
      told = false;
    } catch (StateException e) {
      tell(e); // one that cannot be made must not keep others away
    }
  }

  /** Where older records were removed, segments begin behind them. */
  private long first() throws InterruptedException {
    Long known = first;
    if (known != null) {
      return known;
    }
    bucket.list(keys.segmentPrefix(), "").stream().map(Keys::segmentOf).forEach(settled::add);
    OptionalLong oldest =
        bucket.firstKeys(keys.logPrefix(), keys.log(0)).stream()
            .mapToLong(Keys::numberOf)
            .filter(number -> number > 0)
            .min();
    long removed = oldest.orElse(1) - 1;
    long begun = (removed + Keys.SEGMENT_RECORDS - 1) / Keys.SEGMENT_RECORDS;
    long found = (begun + 1) * Keys.SEGMENT_RECORDS;
    first = found;
    return found;
  }

  /** Once, and again only when it has worked in between. */
  private void tell(RuntimeException e) {
    String text =
        "A segment of the commit log is missing and could not be made; nothing else suffers, but"
            + " who reads the whole log reads it slowly. It is tried again after "
            + Keys.SEGMENT_RECORDS
            + " commits or at the next start: {}";
    Object why = e instanceof CdcException ? e.getMessage() : e;
    if (told) {
      LOG.debug(text, why);
    } else {
      LOG.warn(text, why);
    }
    told = true;
  }

  /** Breaks off what is under way: an unfinished segment is none, and the next start makes it. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("A request for a segment ends by itself");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
