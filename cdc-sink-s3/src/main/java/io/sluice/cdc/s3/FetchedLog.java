package io.sluice.cdc.s3;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log that can only be asked for one record after the other. Used by one thread. */
final class FetchedLog {
  private static final int BATCH = 64;
  private static final int READS = 4;

  private final CommitLogReader.Store store;
  private final Keys keys;

  FetchedLog(CommitLogReader.Store store, Keys keys) {
    this.store = store;
    this.keys = keys;
  }

  /**
   * Passes on what comes after a number, up to where the next segment may begin or the log ends.
   *
   * @return the last number that was passed on
   */
  long readToNextSegment(long after, ExecutorService threads, Consumer<LogRecord> to)
      throws InterruptedException {
    long end = (after / Keys.SEGMENT_RECORDS + 1) * Keys.SEGMENT_RECORDS;
    long last = after;
    List<LogRecord> batch;
    do {
      int most = (int) Math.min(BATCH, end - last);
      batch = batch(last, most, threads);
      if (batch.size() < most && most < BATCH) {
        batch = batch(last, BATCH, threads); // a hole is known by what comes behind it
      }
      batch.forEach(to);
      last += batch.size();
    } while (!batch.isEmpty() && last < end);
    return last;
  }

  private List<LogRecord> batch(long after, int most, ExecutorService threads)
      throws InterruptedException {
    List<Future<@Nullable LogRecord>> reads = new ArrayList<>();
    for (long number = after + 1; number <= after + most; number++) {
      long wanted = number;
      reads.add(threads.submit(() -> record(wanted)));
    }
    List<LogRecord> records = new ArrayList<>();
    boolean ended = false;
    for (int i = 0; i < reads.size(); i++) {
      LogRecord record = get(reads.get(i));
      if (record == null) {
        ended = true;
      } else if (ended) {
        return upToHole(records, record.commit());
      } else {
        records.add(record);
      }
    }
    return records;
  }

  /** A record that was missing a moment ago may have been written since. */
  private List<LogRecord> upToHole(List<LogRecord> before, long known) {
    long missing = before.isEmpty() ? known - 1 : before.get(before.size() - 1).commit() + 1;
    if (record(missing) == null) {
      throw new StateException(
          "The commit log has a hole: "
              + keys.log(missing)
              + " is missing, and commit "
              + known
              + " exists",
          "Restore that object from a version of it or from a backup");
    }
    return before;
  }

  private @Nullable LogRecord record(long commit) {
    String key = keys.log(commit);
    byte[] bytes = fetch(key);
    for (int read = 1; read < READS && bytes != null && !RecordCodec.intact(bytes); read++) {
      bytes = fetch(key); // it may have been damaged on its way
    }
    if (bytes == null) {
      return null;
    }
    LogRecord record = RecordCodec.read(bytes, key, LogRecord.class);
    if (record.commit() != commit) {
      throw new StateException(
          key + " holds the record of commit " + record.commit(),
          "Restore the object from a version of it or from a backup");
    }
    return record;
  }

  /** An object, null when there is none. */
  byte @Nullable [] fetch(String key) {
    try {
      return store.get(key);
    } catch (IOException e) {
      throw new SinkException(
          "Cannot read " + key + ": " + e,
          "Check the location, its credentials and its region; then start again",
          e);
    }
  }

  private static @Nullable LogRecord get(Future<@Nullable LogRecord> read)
      throws InterruptedException {
    try {
      return read.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CdcException known) {
        throw known;
      }
      throw new SinkException(
          "Cannot read the commit log: " + e.getCause(), "Start again", e.getCause());
    }
  }
}
