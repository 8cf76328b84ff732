package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.RowBatch;
import java.io.IOException;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.BooleanStatistics;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** A column of true and false: one bit a value, the least of each byte first. */
final class BooleanChunk extends ColumnChunk<LongDictionary> {
  private final LongFeed feed;
  private long[] values = new long[0];
  private int bits;

  BooleanChunk(
      PrimitiveType type, PageWriter pages, ParquetSettings settings, Buffer page, LongFeed feed) {
    super(type, pages, settings.pageBytes(), null, page);
    this.feed = feed;
  }

  @Override
  void takeLevels(RowBatch batch, @Nullable Levels levels, int from, int to) throws IOException {
    if (levels != null) {
      levels.append(batch.column(feed.column()), from, to);
    }
  }

  @Override
  void takeValues(RowBatch batch, int from, int to) {
    if (values.length < to - from) {
      values = new long[to - from];
    }
    int count = feed.take(batch, from, to, values);
    if (plain.size() == 0) {
      bits = 0; // a new page
    }
    for (int i = 0; i < count; i++) {
      boolean value = values[i] != 0;
      ((BooleanStatistics) statistics).updateStats(value);
      if (bits % 8 == 0) {
        plain.putByte(0);
      }
      if (value) {
        plain.array()[plain.size() - 1] |= (byte) (1 << bits % 8);
      }
      bits++;
    }
    rawBytes = plain.size();
  }
}
