package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.encode.ParquetDecoder;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.stage.CompactFile;
import io.sluice.cdc.s3.internal.stage.StagedFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Writes the rows of several files into one, which is staged. Used by one thread. */
final class Rewriter {
  private final String pipeline;
  private final Bucket target;
  private final ExecutorService threads;
  private final CompactFile.Tools tools;

  Rewriter(String pipeline, Bucket target, ExecutorService threads, CompactFile.Tools tools) {
    this.pipeline = pipeline;
    this.target = target;
    this.threads = threads;
    this.tools = tools;
  }

  /**
   * Stages one file for a pack.
   *
   * @throws IOException when a file is not what the log says; nothing was changed
   */
  StagedFile rewrite(Pack pack, TableSchema schema, String key)
      throws IOException, InterruptedException {
    FileEntry first = pack.first();
    RowBatch.Kind kind = Keys.kindOf(first.kind());
    CompactFile out = CompactFile.open(pipeline, key, schema, first.schema(), kind, tools);
    Fetched fetched = new Fetched(target, threads, pack.files());
    boolean staged = false;
    try {
      long sequence = 0;
      for (LiveFile file : pack.files()) {
        sequence = copy(file, fetched.next(file.entry()), schema, sequence, out);
      }
      StagedFile made = out.finish();
      require(made, pack);
      staged = true;
      return made;
    } finally {
      fetched.cancel();
      if (!staged) {
        out.discard();
      }
    }
  }

  private static long copy(
      LiveFile file,
      ParquetDecoder.Source source,
      TableSchema schema,
      long sequence,
      CompactFile out)
      throws IOException, InterruptedException {
    ParquetDecoder in = new ParquetDecoder(source, schema, Keys.kindOf(file.entry().kind()));
    long last = sequence;
    long rows = 0;
    for (ParquetDecoder.Piece piece = in.next(); piece != null; piece = in.next()) {
      last = requireOrder(piece.rows(), last);
      rows += piece.rows().size();
      write(piece, file.origin(), out);
    }
    if (rows != file.entry().rows()) {
      throw new IOException("it has " + rows + " rows, and the log says " + file.entry().rows());
    }
    return last;
  }

  /** Rows of one origin at a time. */
  private static void write(ParquetDecoder.Piece piece, String own, CompactFile out)
      throws IOException {
    List<String> origins = piece.origins();
    int size = piece.rows().size();
    for (int from = 0; from < size; ) {
      String origin = origins.isEmpty() ? own : origins.get(from);
      int to = from + 1;
      while (to < size && (origins.isEmpty() || origins.get(to).equals(origin))) {
        to++;
      }
      if (!out.write(origin, piece.rows(), from, to)) {
        throw new IOException("the rows of its day do not fit one file, or cannot be uploaded");
      }
      from = to;
    }
  }

  private static long requireOrder(RowBatch rows, long after) throws IOException {
    long last = after;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.sequence(row) < last) {
        throw new IOException("_cdc_seq " + rows.sequence(row) + " comes after " + last);
      }
      last = rows.sequence(row);
    }
    return last;
  }

  private static void require(StagedFile made, Pack pack) throws IOException {
    List<FileEntry> entries = pack.files().stream().map(LiveFile::entry).toList();
    long first = entries.stream().mapToLong(FileEntry::firstSequence).min().orElse(0);
    long last = entries.stream().mapToLong(FileEntry::lastSequence).max().orElse(0);
    if (made.rows() != pack.rows()
        || made.firstSequence() != first
        || made.lastSequence() != last
        || !made.day().toString().equals(pack.first().dt())) {
      throw new IOException("what was written is not what was read: " + made);
    }
  }
}
