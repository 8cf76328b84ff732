package io.sluice.cdc.s3.internal.segment;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records out of segments, for one tour of the log. Whatever is wrong with a segment, its
 * reader goes on with the records themselves: they are what is true. Used by one thread.
 */
public final class SegmentReader {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentReader.class);

  /** A segment that was damaged on its way is worth one more look; its records are there anyhow. */
  private static final int READS = 2;

  /** Compressed, that is some MiB as a rule. */
  private static final int AHEAD = 4;

  private final Source source;
  private final Keys keys;
  private final ExecutorService threads;
  private final LongPredicate mayExist;
  private final Map<Long, Future<byte @Nullable []>> coming = new HashMap<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private boolean lastWasThere;

  /**
   * A reader.
   *
   * @param source where objects come from
   * @param keys spells their keys
   * @param threads where they are fetched; lent
   * @param mayExist whether it is worth asking for the segment that ends with a number
   */
  public SegmentReader(Source source, Keys keys, ExecutorService threads, LongPredicate mayExist) {
    this.source = source;
    this.keys = keys;
    this.threads = threads;
    this.mayExist = mayExist;
  }

  /**
   * Passes on the records of the segment that begins right after a number, in order.
   *
   * @return the last number that was passed on; {@code after} when no segment begins there, and
   *     something between when the segment is not good to its end
   */
  public long read(long after, Consumer<LogRecord> to) throws InterruptedException {
    if (after % Keys.SEGMENT_RECORDS != 0) {
      return after;
    }
    fetchAhead(after);
    Future<byte @Nullable []> fetched = coming.remove(after + Keys.SEGMENT_RECORDS);
    byte[] gzip = fetched == null ? null : get(fetched);
    lastWasThere = gzip != null;
    return gzip == null ? after : pass(gzip, after, to);
  }

  private void fetchAhead(long after) {
    int ahead = lastWasThere ? AHEAD : 1;
    for (int i = 1; i <= ahead; i++) {
      long last = after + i * Keys.SEGMENT_RECORDS;
      if (!coming.containsKey(last) && mayExist.test(last)) {
        coming.put(last, threads.submit(() -> fetch(last)));
      }
    }
  }

  private byte @Nullable [] fetch(long last) throws InterruptedException {
    String key = keys.segment(last);
    String wrong = "";
    try {
      for (int read = 1; read <= READS; read++) {
        byte[] gzip = source.get(key);
        if (gzip == null) {
          return null;
        }
        wrong = wrongWith(gzip, source.get(keys.log(last)));
        if (wrong.isEmpty()) {
          return gzip;
        }
      }
      damaged(key, wrong);
    } catch (SinkException e) {
      tell(key, e.getMessage()); // a reader may be allowed the log alone
    }
    return null;
  }

  /**
   * Nothing when it is whole and a copy of this log. The last record tells: the log only grows, so
   * where that is the same in both, all before it is, and a segment that outlived its log is found
   * out.
   */
  private static String wrongWith(byte[] gzip, byte @Nullable [] lastOfLog) {
    byte[] last = null;
    int count = 0;
    try (RecordLines lines = new RecordLines(gzip)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        last = line;
        count++;
      }
    } catch (IOException e) {
      return "it is damaged: " + e;
    }
    if (count != Keys.SEGMENT_RECORDS) {
      return "it has " + count + " records";
    }
    return Arrays.equals(last, lastOfLog) ? "" : "it does not end with the record of the log";
  }

  private long pass(byte[] gzip, long after, Consumer<LogRecord> to) {
    long passed = after;
    try (RecordLines lines = new RecordLines(gzip)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        LogRecord record = record(line, passed + 1);
        to.accept(record);
        passed++;
      }
    } catch (IOException e) {
      damaged(keys.segment(after + Keys.SEGMENT_RECORDS), String.valueOf(e.getMessage()));
    }
    return passed;
  }

  private LogRecord record(byte[] line, long commit) throws IOException {
    String place = "the record of commit " + commit;
    LogRecord record;
    try {
      record = RecordCodec.read(line, place, LogRecord.class);
    } catch (CdcException e) {
      throw new IOException(e.problem(), e);
    }
    if (record.commit() != commit || !record.pipeline().equals(keys.pipeline())) {
      throw new IOException(
          "in the place of "
              + place
              + " it has that of commit "
              + record.commit()
              + " of pipeline "
              + record.pipeline());
    }
    return record;
  }

  private void damaged(String key, String how) {
    tell(key, how + "; delete it, and the pipeline makes it again at its next start");
  }

  private void tell(String key, @Nullable String why) {
    String text =
        "Segment {} of the commit log is passed over and its records are read one by one: {}";
    if (told.compareAndSet(false, true)) {
      LOG.warn(text, key, why);
    } else {
      LOG.debug(text, key, why);
    }
  }

  private static byte @Nullable [] get(Future<byte @Nullable []> fetched)
      throws InterruptedException {
    try {
      return fetched.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CdcException known) {
        throw known;
      }
      throw new SinkException(
          "Cannot read a segment of the commit log: " + e.getCause(),
          "Start again; nothing was changed",
          e.getCause());
    }
  }
}
