package io.sluice.cdc.s3.internal.stage;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.internal.encode.Compressors;
import io.sluice.cdc.s3.internal.encode.ParquetEncoder;
import io.sluice.cdc.s3.internal.encode.ParquetSettings;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/**
 * A file that is to take the place of others, staged by who compacts. Knows write, finish (it is
 * stored) and discard (it never was). Used by one thread.
 */
public final class CompactFile {
  private final OpenFile file;

  private CompactFile(OpenFile file) {
    this.file = file;
  }

  /**
   * Begins one.
   *
   * @param pipeline the pipeline's id, for the footer
   * @param key where it is staged
   * @param schema the structure of all its rows
   * @param version the version of that
   * @param kind load rows or changes
   * @param tools how it is written
   */
  public static CompactFile open(
      String pipeline,
      String key,
      TableSchema schema,
      int version,
      RowBatch.Kind kind,
      Tools tools) {
    Upload upload = new Upload(tools.transfers(), key);
    try {
      ParquetEncoder encoder =
          new ParquetEncoder(schema, kind, tools.settings(), tools.compressors(), upload, true);
      return new CompactFile(
          new OpenFile(
              schema,
              version,
              kind,
              FileFactory.metadata(pipeline, schema, version, kind),
              encoder,
              upload,
              tools.budget()));
    } catch (IOException e) {
      throw new SinkException(
          "Cannot begin a Parquet file for table " + schema.table() + ": " + e.getMessage(),
          "This is a defect of Sluice; please report it with the structure of the table",
          e);
    }
  }

  /**
   * What files are written with.
   *
   * @param settings how they are written
   * @param compressors shared by all files
   * @param transfers uploads them
   * @param budget counts their memory
   */
  public record Tools(
      ParquetSettings settings,
      Compressors compressors,
      Transfers transfers,
      MemoryBudget budget) {}

  /**
   * Takes rows from one to before another.
   *
   * @param origin the file in which they were committed, {@code <commit>-<file>}
   * @return false when it has grown too large and takes no more
   */
  public boolean write(String origin, RowBatch batch, int from, int to) {
    int slice = ParquetEncoder.sliceRows(batch);
    for (int at = from; at < to; at += slice) {
      if (!file.write(origin, batch, at, Math.min(to, at + slice))) {
        return false;
      }
    }
    return !file.failed();
  }

  /** Ends it and waits until it is stored. */
  public StagedFile finish() throws InterruptedException {
    try {
      return file.close().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CdcException known) {
        throw known;
      }
      throw new SinkException(
          "Cannot stage a compacted file: " + e.getCause(),
          "Nothing was changed; compact again",
          e.getCause());
    }
  }

  /** Gives it up; what is stored of it may stay behind. */
  public void discard() {
    var unused = file.discard(); // whatever is left is removed by the next compaction
  }
}
