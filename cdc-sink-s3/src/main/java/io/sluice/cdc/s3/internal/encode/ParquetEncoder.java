package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes one Parquet file to a stream. The stream belongs to the caller and is not closed. Used by
 * one thread at a time.
 */
public final class ParquetEncoder {
  private static final int SLICE_ROWS = 1024;
  private static final long SLICE_BYTES = 256 << 10;

  private final TableSchema table;
  private final RowBatch.Kind kind;
  private final ParquetSettings settings;
  private final MessageType schema;
  private final BytesInputCompressor compressor;
  private final StreamOutput output;
  private final ParquetFileWriter writer;
  private final BytesFeed.@Nullable Origin origin;
  private final Buffer page = new Buffer();
  private @Nullable RowGroup group;
  private long rows;

  /**
   * Begins a file.
   *
   * @param table the structure of all its rows
   * @param kind load rows or changes
   * @param settings how it is written
   * @param compressors shared by all files
   * @param out where it goes
   * @throws io.sluice.cdc.error.UnsupportedColumnException when a column cannot be written
   */
  public ParquetEncoder(
      TableSchema table,
      RowBatch.Kind kind,
      ParquetSettings settings,
      Compressors compressors,
      OutputStream out)
      throws IOException {
    this(table, kind, settings, compressors, out, false);
  }

  /** The same for a file whose rows say in which file they were committed, if it is compacted. */
  public ParquetEncoder(
      TableSchema table,
      RowBatch.Kind kind,
      ParquetSettings settings,
      Compressors compressors,
      OutputStream out,
      boolean compacted)
      throws IOException {
    this.table = table;
    this.kind = kind;
    this.settings = settings;
    this.schema = FileSchema.of(table, compacted);
    this.origin = compacted ? new BytesFeed.Origin() : null;
    this.compressor = compressors.compressor();
    this.output = new StreamOutput(out);
    this.writer =
        new ParquetFileWriter(
            output,
            schema,
            ParquetFileWriter.Mode.CREATE,
            settings.rowGroupBytes(),
            0,
            ParquetSettings.INDEX_BYTES,
            Integer.MAX_VALUE,
            true);
    writer.start();
  }

  /**
   * How many rows of the batch to pass to {@link #write} at once, so that pages and row groups end
   * in time.
   */
  public static int sliceRows(RowBatch batch) {
    long bytesPerRow = Math.max(1, batch.bytes() / Math.max(1, batch.size()));
    return (int) Math.max(1, Math.min(SLICE_ROWS, SLICE_BYTES / bytesPerRow));
  }

  /** Takes the rows from one to before another. */
  public void write(RowBatch batch, int from, int to) throws IOException {
    RowGroup current = group();
    current.append(batch, from, to);
    rows += to - from;
    if (current.bytes() >= settings.rowGroupBytes()) {
      flush();
    }
  }

  /**
   * The file in which the rows were committed that are written next, {@code <commit>-<file>};
   * compacted files only.
   */
  public void origin(String name) {
    Objects.requireNonNull(origin, "not a compacted file").set(name);
  }

  /** Rows taken. */
  public long rows() {
    return rows;
  }

  /** Encoded bytes, those not yet in the stream about. */
  public long bytes() {
    return output.position() + (group == null ? 0 : group.bytes());
  }

  /** Heap bytes of rows that are not yet in the stream. */
  public long memory() {
    return page.memory() + (group == null ? 0 : group.memory());
  }

  /** Ends the row group, if any: what was taken is in the stream. */
  public void flush() throws IOException {
    if (group != null) {
      group.writeTo(writer);
      group = null;
    }
  }

  /**
   * Ends the file.
   *
   * @param metadata texts for the file's footer
   */
  public void finish(Map<String, String> metadata) throws IOException {
    flush();
    writer.end(metadata);
  }

  private RowGroup group() {
    if (group == null) {
      group = new RowGroup(table, kind, schema, settings, compressor, page, origin);
    }
    return group;
  }
}
