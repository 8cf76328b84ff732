package io.sluice.cdc.s3;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.OwnerRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a commit log by whatever can fetch its objects: an engine that has a file system of its own
 * needs no second client for S3. Nothing is listed and nothing is written. It owns nothing between
 * two calls; one thread at a time.
 *
 * <p>{@link S3Sink#readLog} is for those who have an S3 client.
 */
public final class CommitLogReader {
  private static final int AT_ONCE = 16;
  private static final int BATCH = 64;
  private static final int READS = 4;

  private final PipelineId pipeline;
  private final Store store;
  private final Keys keys;

  /** Fetches objects below the final location. Called by several threads at once. */
  @FunctionalInterface
  public interface Store {
    /**
     * Fetches an object.
     *
     * @param key relative to the final location, such as {@code _sluice/owner.json}
     * @return its bytes, null when there is no such object
     */
    byte @Nullable [] get(String key) throws IOException;
  }

  /**
   * A reader.
   *
   * @param pipeline the pipeline's id
   * @param store fetches its objects
   */
  public CommitLogReader(PipelineId pipeline, Store store) {
    this.pipeline = pipeline;
    this.store = store;
    this.keys = new Keys("", "", pipeline);
  }

  /**
   * Reads every commit after a number, in order, each once, up to the last one that is there.
   *
   * @param after the number after which to begin, 0 for the whole log
   * @param to is told each commit on the calling thread; claims of writers are left out
   * @return the number of the last record, {@code after} when there is none behind it
   * @throws StateException when a record is damaged or missing, or when the place does not belong
   *     to this pipeline
   * @throws SinkException when an object cannot be fetched
   */
  public long read(long after, Consumer<LoggedCommit> to) throws InterruptedException {
    requireOwner();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      long last = after;
      for (List<LogRecord> batch = batch(last, threads);
          !batch.isEmpty();
          batch = batch(last, threads)) {
        batch.forEach(record -> LogTour.tell(record, to));
        last += batch.size();
      }
      requireBegin(last);
      return last;
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Whether all files of a commit can be read. Only a commit that has files is announced; where one
   * is, all before it are promoted, too.
   */
  public boolean isPromoted(long commit) {
    return fetch(keys.promoted(commit)) != null;
  }

  private List<LogRecord> batch(long after, ExecutorService threads) throws InterruptedException {
    List<Future<@Nullable LogRecord>> reads = new ArrayList<>();
    for (long number = after + 1; number <= after + BATCH; number++) {
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

  private void requireOwner() {
    byte[] bytes = fetch(keys.finalOwner());
    if (bytes == null) {
      throw new StateException(
          "No pipeline has written here: there is no " + keys.finalOwner(),
          "Give the location that is s3.final of the pipeline, prefix included");
    }
    String owner = RecordCodec.read(bytes, keys.finalOwner(), OwnerRecord.class).pipeline();
    if (!owner.equals(pipeline.value())) {
      throw new StateException(
          "The location belongs to pipeline " + owner + ", not to " + pipeline,
          "Give the id of the pipeline that writes there, or the location of the other one");
    }
  }

  private void requireBegin(long last) {
    if (last == 0) {
      throw new StateException(
          "The commit log does not begin with its first record: " + keys.log(1) + " is missing",
          "If nothing was committed yet, wait; if older records were removed, restore them, or give"
              + " the pipeline a new final location and load again");
    }
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

  private byte @Nullable [] fetch(String key) {
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
