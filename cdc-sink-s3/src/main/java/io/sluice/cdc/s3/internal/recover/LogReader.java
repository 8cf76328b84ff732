package io.sluice.cdc.s3.internal.recover;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.segment.SegmentReader;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log or its end, several objects at once, and makes sure that no record is missing. */
public final class LogReader {
  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
  private static final int AT_ONCE = 64;

  private final Bucket bucket;
  private final Keys keys;
  private final CommitLog log;
  private final ExecutorService threads;

  /**
   * A reader.
   *
   * @param bucket the final bucket
   * @param keys spells keys
   * @param log the commit log
   * @param threads where records are read
   */
  public LogReader(Bucket bucket, Keys keys, CommitLog log, ExecutorService threads) {
    this.bucket = bucket;
    this.keys = keys;
    this.log = log;
    this.threads = threads;
  }

  /**
   * Passes on all records after a number, in order.
   *
   * @param after the number
   * @param atLeast the log must reach this number, for something later is known
   * @return the number of the last one
   */
  long read(long after, long atLeast, Consumer<LogRecord> to) throws InterruptedException {
    long last = lastWithoutHole(after, atLeast);
    readOneByOne(after, last, last, to);
    return last;
  }

  /**
   * The same for readers of the catalogue: where older records were removed, it begins with the
   * first that is there. What segments hold is read from them, and the log is listed only behind
   * the last of them: a record that a segment holds is not missed.
   */
  public long readFromFirst(long after, Consumer<LogRecord> to) throws InterruptedException {
    long passed = Math.max(after, firstAfter(after) - 1);
    NavigableSet<Long> segments = segmentsFrom(passed);
    long last = lastBehind(segments, passed);
    SegmentReader reader =
        new SegmentReader(key -> bucket.get(key).orElse(null), keys, threads, segments::contains);
    while (passed < last) {
      long before = passed;
      passed = reader.read(passed, to);
      if (passed == before || passed % Keys.SEGMENT_RECORDS != 0) {
        Long next = segments.higher(passed + Keys.SEGMENT_RECORDS);
        long upTo = next == null ? last : next - Keys.SEGMENT_RECORDS;
        readOneByOne(passed, upTo, last, to);
        passed = upTo;
      }
    }
    return last;
  }

  private void readOneByOne(long after, long upTo, long known, Consumer<LogRecord> to)
      throws InterruptedException {
    ArrayDeque<Future<LogRecord>> coming = new ArrayDeque<>();
    long asked = after;
    while (asked < upTo || !coming.isEmpty()) {
      while (asked < upTo && coming.size() < AT_ONCE) {
        long wanted = ++asked;
        coming.add(
            threads.submit(() -> log.read(wanted).orElseThrow(() -> missing(wanted, known))));
      }
      to.accept(get(coming.removeFirst()));
    }
  }

  private long firstAfter(long after) throws InterruptedException {
    OptionalLong first = first(bucket.firstKeys(keys.logPrefix(), keys.log(after)));
    return first.isPresent()
        ? first.getAsLong()
        : first(bucket.list(keys.logPrefix(), keys.log(after))).orElse(after + 1);
  }

  private static OptionalLong first(List<String> logKeys) {
    return logKeys.stream().mapToLong(Keys::numberOf).filter(number -> number > 0).min();
  }

  /** The ends of segments that lie wholly behind a record. */
  private NavigableSet<Long> segmentsFrom(long after) throws InterruptedException {
    NavigableSet<Long> ends = new TreeSet<>();
    try {
      for (String key : bucket.list(keys.segmentPrefix(), keys.segment(after))) {
        long end = Keys.segmentOf(key);
        if (end - Keys.SEGMENT_RECORDS >= after) {
          ends.add(end);
        }
      }
    } catch (SinkException e) {
      LOG.warn("The commit log is read without its segments, which is slow: {}", e.getMessage());
    }
    return ends;
  }

  /** The end of the log. Segments beyond it are those of another log that was here before. */
  private long lastBehind(NavigableSet<Long> segments, long after) throws InterruptedException {
    if (!segments.isEmpty()) {
      long end = segments.last();
      long last = lastWithoutHole(end - 1, 0);
      if (last >= end) {
        return last;
      }
      segments.clear();
    }
    return lastWithoutHole(after, 0);
  }

  private long lastWithoutHole(long after, long atLeast) throws InterruptedException {
    long last = after;
    for (String key : bucket.list(keys.logPrefix(), after == 0 ? "" : keys.log(after))) {
      long number = Keys.numberOf(key);
      if (number > 0) {
        if (number != last + 1) {
          throw missing(last + 1, number);
        }
        last = number;
      }
    }
    if (last < atLeast) {
      throw missing(last + 1, atLeast);
    }
    return last;
  }

  private StateException missing(long number, long last) {
    return new StateException(
        "The commit log has a hole: s3://"
            + bucket.name()
            + "/"
            + keys.log(number)
            + " is missing, and commit "
            + last
            + " is known to exist",
        "Nothing was changed. Restore that object from a version of it or from a backup. If it cannot be had, move the"
            + " files and the state of this pipeline away and load again");
  }

  private static LogRecord get(Future<LogRecord> record) throws InterruptedException {
    try {
      return record.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CdcException known) {
        throw known;
      }
      throw new SinkException(
          "Cannot read the commit log: " + e.getCause(),
          "Start again; nothing was changed",
          e.getCause());
    }
  }
}
