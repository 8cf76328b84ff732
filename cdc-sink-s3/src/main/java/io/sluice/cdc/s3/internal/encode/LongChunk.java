package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.RowBatch;
import java.io.IOException;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** A column of numbers of 4 or 8 bytes; floating point numbers come as their bits. */
final class LongChunk extends ColumnChunk<LongDictionary> {
  private final LongFeed feed;
  private final int width;
  private final NumberKind kind;
  private long[] values = new long[0];

  LongChunk(
      PrimitiveType type,
      PageWriter pages,
      ParquetSettings settings,
      boolean withDictionary,
      Buffer page,
      LongFeed feed) {
    super(
        type,
        pages,
        settings.pageBytes(),
        withDictionary ? new LongDictionary(NumberKind.of(type).width()) : null,
        page);
    this.feed = feed;
    this.kind = NumberKind.of(type);
    this.width = kind.width();
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
    if (count == 0) {
      return;
    }
    kind.update(statistics, values, count);
    rawBytes += (long) width * count;
    LongDictionary active = active();
    if (active == null) {
      put(count);
    } else {
      putIds(active, count);
    }
  }

  private void put(int count) {
    if (width == 4) {
      plain.putInts(values, count);
    } else {
      plain.putLongs(values, count);
    }
  }

  private void putIds(LongDictionary active, int count) {
    int[] ids = ids(count);
    int at = idCount();
    long last = values[0];
    int lastId = active.idOf(last);
    for (int i = 0; i < count; i++) {
      long value = values[i];
      if (value != last) {
        last = value;
        lastId = active.idOf(value);
      }
      ids[at++] = lastId;
    }
    idCount(at);
    judge(active, 0);
  }
}
