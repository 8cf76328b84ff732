package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Parquet file that {@link ParquetEncoder} wrote, and no other: one row group at a time is
 * held. Used by one thread.
 */
public final class ParquetDecoder {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL_BYTES = 8;

  private final Source source;
  private final TableSchema table;
  private final RowBatch.Kind kind;
  private final MessageType schema;
  private final FileMetaData footer;
  private int group;
  private @Nullable GroupRows rows;

  /** The bytes of the file. */
  public interface Source {
    /** How many there are. */
    long size();

    /** Some of them. */
    byte[] read(long from, int length) throws IOException, InterruptedException;
  }

  /**
   * Some rows.
   *
   * @param rows the rows
   * @param origins for each row of a compacted file, where it was committed; empty in any other
   */
  public record Piece(RowBatch rows, List<String> origins) {
    /** Copies the list. */
    public Piece {
      origins = List.copyOf(origins);
    }
  }

  /**
   * Opens a file.
   *
   * @param table the structure that it must have
   * @param kind what it holds
   * @throws IOException when it is no such file
   */
  public ParquetDecoder(Source source, TableSchema table, RowBatch.Kind kind)
      throws IOException, InterruptedException {
    this.source = source;
    this.table = table;
    this.kind = kind;
    this.footer = footer(source);
    this.schema = FileSchema.of(table, isCompacted(footer));
    requireColumns(footer, schema);
  }

  /** The next rows, or null after the last. */
  public @Nullable Piece next() throws IOException, InterruptedException {
    try {
      while (true) {
        GroupRows open = rows;
        if (open != null && open.left() > 0) {
          return open.next();
        }
        rows = null; // what is read next must not stand beside it
        if (group == footer.getRow_groups().size()) {
          return null;
        }
        rows = open(footer.getRow_groups().get(group++));
      }
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw cause == null ? new IOException(e) : cause;
    }
  }

  private GroupRows open(RowGroup next) throws IOException, InterruptedException {
    long from = Long.MAX_VALUE;
    long to = 0;
    for (ColumnChunk chunk : next.getColumns()) {
      ColumnMetaData column = chunk.getMeta_data();
      from = Math.min(from, start(column));
      to = Math.max(to, start(column) + column.getTotal_compressed_size());
    }
    byte[] bytes = source.read(from, Math.toIntExact(to - from));
    return new GroupRows(table, kind, schema, next, bytes, from);
  }

  static long start(ColumnMetaData column) {
    return column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0
        ? column.getDictionary_page_offset()
        : column.getData_page_offset();
  }

  private static FileMetaData footer(Source source) throws IOException, InterruptedException {
    long size = source.size();
    if (size < TAIL_BYTES + MAGIC.length) {
      throw new IOException("it is too short for a Parquet file");
    }
    byte[] tail = source.read(size - TAIL_BYTES, TAIL_BYTES);
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (!Arrays.equals(tail, 4, 8, MAGIC, 0, 4) || length < 0 || length > size - TAIL_BYTES) {
      throw new IOException("it does not end as a Parquet file does");
    }
    byte[] bytes = source.read(size - TAIL_BYTES - length, length);
    return Util.readFileMetaData(new ByteArrayInputStream(bytes));
  }

  private static boolean isCompacted(FileMetaData footer) {
    List<SchemaElement> elements = footer.getSchema();
    return elements.get(elements.size() - 1).getName().equals(FileSchema.ORIGIN);
  }

  private static void requireColumns(FileMetaData footer, MessageType expected) throws IOException {
    List<String> found = footer.getSchema().stream().skip(1).map(ParquetDecoder::words).toList();
    List<String> wanted =
        expected.getColumns().stream()
            .map(c -> c.getPath()[0] + " " + c.getPrimitiveType().getPrimitiveTypeName())
            .toList();
    if (!found.equals(wanted)) {
      throw new IOException("its columns are " + found + ", and the log says " + wanted);
    }
  }

  private static String words(SchemaElement element) {
    String type = element.isSetType() ? element.getType().name() : "group";
    return element.getName() + " " + (type.equals("BYTE_ARRAY") ? "BINARY" : type);
  }
}
