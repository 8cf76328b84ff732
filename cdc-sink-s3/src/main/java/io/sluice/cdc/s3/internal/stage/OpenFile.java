package io.sluice.cdc.s3.internal.stage;

import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.internal.encode.ParquetEncoder;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A file that takes rows. Thread-safe: the stage writes to it, and whoever needs memory may send it
 * off.
 */
final class OpenFile {
  /** S3 takes no smaller part but the last. */
  static final int MIN_PART_BYTES = 5 << 20;

  /** A file ends here, far below the 5 GiB that one copy can take. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  private final TableSchema schema;
  private final int schemaVersion;
  private final RowBatch.Kind kind;
  private final Map<String, String> metadata;
  private @Nullable ParquetEncoder encoder;
  private final Upload upload;
  private final MemoryBudget budget;
  private long firstSequence = Long.MAX_VALUE;
  private long lastSequence = Long.MIN_VALUE;
  private long newestMicros = Long.MIN_VALUE;
  private volatile long memory;
  private long rows;
  private volatile long bytes;
  private CompletableFuture<StagedFile> closed = new CompletableFuture<>();

  OpenFile(
      TableSchema schema,
      int schemaVersion,
      RowBatch.Kind kind,
      Map<String, String> metadata,
      ParquetEncoder encoder,
      Upload upload,
      MemoryBudget budget) {
    this.schema = schema;
    this.schemaVersion = schemaVersion;
    this.kind = kind;
    this.metadata = metadata;
    this.encoder = encoder;
    this.upload = upload;
    this.budget = budget;
    budget.add(this);
    count(encoder);
  }

  /** Takes rows of a compacted file that were committed in a file of that name. */
  synchronized boolean write(String origin, RowBatch batch, int from, int to) {
    ParquetEncoder open = encoder;
    if (open != null) {
      open.origin(origin);
    }
    return write(batch, from, to);
  }

  /** Takes rows; false when the file has been closed meanwhile. */
  synchronized boolean write(RowBatch batch, int from, int to) {
    ParquetEncoder open = encoder;
    if (open == null) {
      return false;
    }
    encode(() -> open.write(batch, from, to));
    for (int row = from; row < to; row++) {
      long sequence = batch.sequence(row);
      firstSequence = Math.min(firstSequence, sequence);
      lastSequence = Math.max(lastSequence, sequence);
      newestMicros = Math.max(newestMicros, batch.transaction(row).commitMicros());
    }
    count(open);
    if (bytes >= MAX_FILE_BYTES) {
      var unused = close(); // awaited by whoever finishes the stage
    }
    return true;
  }

  /** Heap bytes in use. */
  long memory() {
    return memory;
  }

  /** Encoded bytes so far, about. */
  long bytes() {
    return bytes;
  }

  /** Frees its memory: as a part when it is large enough, else by ending the file. */
  synchronized void sendOff() {
    ParquetEncoder open = encoder;
    if (open == null) {
      return;
    }
    encode(open::flush);
    if (upload.pending() < MIN_PART_BYTES) {
      var unused = close(); // awaited by whoever finishes the stage
    } else {
      upload.sendPart();
      count(open);
    }
  }

  /** Ends the file, if it was not yet; completes when it is stored. */
  synchronized CompletableFuture<StagedFile> close() {
    ParquetEncoder open = encoder;
    if (open != null) {
      encode(() -> open.finish(metadata));
      count(open);
      closed = upload.finish().thenApply(this::staged);
      release();
    }
    return closed;
  }

  /** Gives the file up; completes when nothing is left of it. */
  synchronized CompletableFuture<Void> discard() {
    if (encoder != null) {
      closed = CompletableFuture.failedFuture(new IllegalStateException("discarded"));
      release();
    }
    return upload.discard();
  }

  /** Whether an upload has failed for good. */
  synchronized boolean failed() {
    return upload.failed();
  }

  private void count(ParquetEncoder open) {
    rows = open.rows();
    bytes = open.bytes();
    long now = open.memory() + upload.memory();
    budget.changed(now - memory);
    memory = now;
  }

  /** A closed file keeps nothing that is large. */
  private void release() {
    encoder = null;
    budget.changed(-memory);
    memory = 0;
    budget.remove(this);
  }

  private StagedFile staged(Upload.Done done) {
    LocalDate day =
        LocalDate.ofInstant(Instant.EPOCH.plus(newestMicros, ChronoUnit.MICROS), ZoneOffset.UTC);
    return new StagedFile(
        schema,
        schemaVersion,
        kind,
        upload.key(),
        rows,
        done.bytes(),
        done.checksum(),
        done.md5(),
        firstSequence,
        lastSequence,
        day);
  }

  private void encode(Encoding step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new SinkException(
          "Cannot encode rows of table " + schema.table() + ": " + e.getMessage(),
          "This is a defect of Sluice; please report it with the structure of the table",
          e);
    }
  }

  private interface Encoding {
    void run() throws IOException;
  }
}
