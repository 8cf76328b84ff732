package io.sluice.cdc.s3.internal.recover;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Reads the end of the log, several records at once, and makes sure that none is missing. */
public final class LogReader {
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
    for (long from = after + 1; from <= last; from += AT_ONCE) {
      List<Future<LogRecord>> some = new ArrayList<>();
      for (long number = from; number < from + AT_ONCE && number <= last; number++) {
        long wanted = number;
        some.add(threads.submit(() -> log.read(wanted).orElseThrow(() -> missing(wanted, last))));
      }
      for (Future<LogRecord> record : some) {
        to.accept(get(record));
      }
    }
    return last;
  }

  /**
   * The same for readers of the catalogue: where older records were removed, it begins with the
   * first that is there.
   */
  public long readFromFirst(long after, Consumer<LogRecord> to) throws InterruptedException {
    long first =
        bucket.list(keys.logPrefix(), after == 0 ? "" : keys.log(after)).stream()
            .mapToLong(Keys::numberOf)
            .filter(number -> number > 0)
            .min()
            .orElse(after + 1);
    return read(Math.max(after, first - 1), 0, to);
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
