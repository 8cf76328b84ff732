package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** The row group that is being filled, column by column. */
final class RowGroup {
  private final ColumnChunkPageWriteStore store;
  private final List<ColumnChunk<?>> chunks = new ArrayList<>();
  private final PageArena pageArena = new PageArena();
  private long rows;

  RowGroup(
      TableSchema table,
      RowBatch.Kind kind,
      MessageType schema,
      ParquetSettings settings,
      BytesInputCompressor compressor,
      Buffer page,
      BytesFeed.@Nullable Origin origin) {
    this.store =
        new ColumnChunkPageWriteStore(
            compressor, schema, pageArena, ParquetSettings.INDEX_BYTES, true);
    for (ColumnDescriptor descriptor : schema.getColumns()) {
      chunks.add(chunk(table, kind, descriptor, chunks.size(), settings, page, origin));
    }
  }

  void append(RowBatch batch, int from, int to) throws IOException {
    for (ColumnChunk<?> chunk : chunks) {
      chunk.append(batch, from, to);
    }
    rows += to - from;
  }

  long rows() {
    return rows;
  }

  long memory() {
    long memory = pageArena.memory();
    for (ColumnChunk<?> chunk : chunks) {
      memory += chunk.memory();
    }
    return memory;
  }

  long bytes() {
    long bytes = 0;
    for (ColumnChunk<?> chunk : chunks) {
      bytes += chunk.bytes();
    }
    return bytes;
  }

  void writeTo(ParquetFileWriter writer) throws IOException {
    for (ColumnChunk<?> chunk : chunks) {
      chunk.finish();
    }
    writer.startBlock(rows);
    store.flushToFileWriter(writer);
    writer.endBlock();
    store.close();
  }

  private ColumnChunk<?> chunk(
      TableSchema table,
      RowBatch.Kind kind,
      ColumnDescriptor descriptor,
      int index,
      ParquetSettings settings,
      Buffer page,
      BytesFeed.@Nullable Origin origin) {
    PrimitiveType type = descriptor.getPrimitiveType();
    PageWriter pages = store.getPageWriter(descriptor);
    int own = table.columns().size();
    if (index >= own) {
      return switch (index - own) {
        case 0 -> new BytesChunk(type, pages, settings, page, new BytesFeed.OperationCode());
        case 1 ->
            new LongChunk(
                type, pages, settings, kind == RowBatch.Kind.LOAD, page, new LongFeed.Sequence());
        case 2 -> new LongChunk(type, pages, settings, true, page, new LongFeed.CommitTime());
        case 3 -> new BytesChunk(type, pages, settings, page, new BytesFeed.TransactionId());
        default -> new BytesChunk(type, pages, settings, page, Objects.requireNonNull(origin));
      };
    }
    Column column = table.columns().get(index);
    Bounds bounds = Bounds.of(table.table(), column);
    return switch (column.type().storage()) {
      case LONG -> {
        LongFeed feed = new LongFeed.Whole(index, bounds);
        yield column.type().logical() == LogicalType.BOOLEAN
            ? new BooleanChunk(type, pages, settings, page, feed)
            : new LongChunk(type, pages, settings, true, page, feed);
      }
      case DOUBLE -> {
        boolean single = column.type().logical() == LogicalType.FLOAT;
        yield new LongChunk(
            type, pages, settings, true, page, new LongFeed.Floating(index, single));
      }
      case BYTES -> {
        boolean decimal = column.type().logical() == LogicalType.DECIMAL;
        BytesFeed feed =
            decimal
                ? new BytesFeed.Decimal(index, type.getTypeLength(), bounds)
                : new BytesFeed.Plain(index);
        yield new BytesChunk(type, pages, settings, page, feed);
      }
    };
  }
}
