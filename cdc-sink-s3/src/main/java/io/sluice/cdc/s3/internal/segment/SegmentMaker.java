package io.sluice.cdc.s3.internal.segment;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.client.Body;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.zip.GZIPOutputStream;

/** Makes segments, one at a time. Holds a few records and what they are compressed to. */
final class SegmentMaker {
  /** A larger one is not made: who reads segments holds some of them. */
  private static final int MOST_BYTES = 32 << 20;

  /** Few: commits and promotions share the client's connections. */
  private static final int READS_AT_ONCE = 4;

  private final Bucket bucket;
  private final Keys keys;
  private final ThreadFactory threads;

  SegmentMaker(Bucket bucket, Keys keys, ThreadFactory threads) {
    this.bucket = bucket;
    this.keys = keys;
    this.threads = threads;
  }

  /**
   * Makes the segment that ends with a record.
   *
   * @return false when it would be too large
   * @throws StateException when a record of it is missing or damaged
   * @throws SinkException when S3 cannot be read or written
   */
  boolean make(long last) throws InterruptedException {
    Compressed compressed = new Compressed();
    ExecutorService reads = Executors.newFixedThreadPool(READS_AT_ONCE, threads);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      ArrayDeque<Future<byte[]>> coming = new ArrayDeque<>();
      long asked = last - Keys.SEGMENT_RECORDS;
      while (asked < last || !coming.isEmpty()) {
        while (asked < last && coming.size() < READS_AT_ONCE) {
          long wanted = ++asked;
          coming.add(reads.submit(() -> record(wanted)));
        }
        byte[] record = get(coming.removeFirst());
        gzip.write(record);
        gzip.write('\n');
        if (record.length > RecordLines.LONGEST || compressed.size() > MOST_BYTES) {
          return false;
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    } finally {
      reads.shutdownNow();
    }
    if (compressed.size() > MOST_BYTES) {
      return false;
    }
    bucket.put(keys.segment(last), compressed.body(), "application/gzip");
    return true;
  }

  private byte[] record(long commit) throws InterruptedException {
    String key = keys.log(commit);
    String place = "s3://" + bucket.name() + "/" + key;
    byte[] bytes =
        CommitLog.intact(bucket, key)
            .orElseThrow(() -> unusable(place + " is missing, and later records are there"));
    LogRecord record = RecordCodec.read(bytes, place, LogRecord.class);
    if (record.commit() != commit || !record.pipeline().equals(keys.pipeline())) {
      throw unusable(
          place + " holds commit " + record.commit() + " of pipeline " + record.pipeline());
    }
    for (byte each : bytes) {
      if (each == '\n') {
        throw unusable(place + " has several lines, as Sluice writes none");
      }
    }
    return bytes;
  }

  private static StateException unusable(String problem) {
    return new StateException(problem, "Restore that object from a version of it or from a backup");
  }

  private static byte[] get(Future<byte[]> record) throws InterruptedException {
    try {
      return record.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CdcException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Gives its bytes away without a copy. */
  private static final class Compressed extends ByteArrayOutputStream {
    Body body() {
      return Body.of(buf, count);
    }
  }
}
