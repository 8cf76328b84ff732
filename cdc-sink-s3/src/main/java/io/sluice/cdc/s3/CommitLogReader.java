package io.sluice.cdc.s3;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.OwnerRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import io.sluice.cdc.s3.internal.segment.SegmentReader;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private static final int AT_ONCE = 32;

  private final PipelineId pipeline;
  private final Keys keys;
  private final FetchedLog log;

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
    this.keys = new Keys("", "", pipeline);
    this.log = new FetchedLog(store, keys);
  }

  /**
   * Reads every commit after a number, in order, each once, up to the last one that is there. Where
   * the log has segments, that is a request or two for a thousand commits, else one for each.
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
      SegmentReader segments = new SegmentReader(log::fetch, keys, threads, last -> true);
      Consumer<LogRecord> tour = record -> LogTour.tell(record, to);
      long last = after;
      long before;
      do {
        before = last;
        last = segments.read(last, tour);
        if (last == before || last % Keys.SEGMENT_RECORDS != 0) {
          last = log.readToNextSegment(last, threads, tour);
        }
      } while (last > before);
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
    return log.fetch(keys.promoted(commit)) != null;
  }

  private void requireOwner() {
    byte[] bytes = log.fetch(keys.finalOwner());
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
}
