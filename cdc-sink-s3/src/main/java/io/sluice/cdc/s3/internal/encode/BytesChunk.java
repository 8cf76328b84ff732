package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.RowBatch;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** A column of byte strings, of any length or of one. */
final class BytesChunk extends ColumnChunk<BytesDictionary> {
  /** No footer keeps longer ones, so that copies of large values are spared. */
  private static final int STATISTICS_BYTES = 4096;

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final BytesFeed feed;
  private final boolean fixed;
  private final BytesFeed.Slices slices = new BytesFeed.Slices();

  BytesChunk(
      PrimitiveType type, PageWriter pages, ParquetSettings settings, Buffer page, BytesFeed feed) {
    super(
        type,
        pages,
        settings.pageBytes(),
        type.getTypeLength() > 0 ? null : new BytesDictionary(),
        page);
    this.feed = feed;
    this.fixed = type.getTypeLength() > 0;
  }

  @Override
  void takeLevels(RowBatch batch, @Nullable Levels levels, int from, int to) throws IOException {
    if (levels != null) {
      levels.append(batch.column(feed.column()), from, to);
    }
  }

  @Override
  void takeValues(RowBatch batch, int from, int to) {
    slices.reset(to - from);
    feed.take(batch, from, to, slices);
    if (slices.count == 0) {
      return;
    }
    BytesDictionary active = active();
    if (active != null) {
      active = judge(active, slices.bytes());
    }
    if (fixed) {
      putFixed();
    } else if (active == null) {
      putPlain();
    } else {
      putIds(active);
    }
  }

  private void putFixed() {
    for (int i = 0; i < slices.count; i++) {
      plain.put(slices.data, slices.offsets[i], slices.lengths[i]);
      rawBytes += slices.lengths[i];
      statistics.updateStats(binary(i));
    }
  }

  private void putPlain() {
    int before = plain.size();
    for (int i = 0; i < slices.count; i++) {
      plain.putInt(slices.lengths[i]);
      plain.put(slices.data, slices.offsets[i], slices.lengths[i]);
    }
    rawBytes += plain.size() - before;
    updateStatistics();
  }

  private void putIds(BytesDictionary active) {
    int[] ids = ids(slices.count);
    int at = idCount();
    int lastId = -1;
    for (int i = 0; i < slices.count; i++) {
      if (i == 0 || !slices.repeats(i)) {
        lastId = active.idOf(slices.data, slices.offsets[i], slices.lengths[i]);
      }
      ids[at++] = lastId;
      rawBytes += slices.lengths[i] + 4;
    }
    idCount(at);
    updateStatistics();
  }

  private void updateStatistics() {
    int min = 0;
    int max = 0;
    long minStart = start(0);
    long maxStart = minStart;
    for (int i = 1; i < slices.count; i++) {
      if (slices.repeats(i)) {
        continue;
      }
      long start = start(i);
      if (start < minStart || start == minStart && compare(i, min) < 0) {
        min = i;
        minStart = start;
      } else if (start > maxStart || start == maxStart && compare(i, max) > 0) {
        max = i;
        maxStart = start;
      }
    }
    if (slices.lengths[min] > STATISTICS_BYTES || slices.lengths[max] > STATISTICS_BYTES) {
      giveUpStatistics();
      return;
    }
    statistics.updateStats(binary(min));
    statistics.updateStats(binary(max));
  }

  /** The first eight bytes as a number: of two that differ, the less belongs to the less value. */
  private long start(int i) {
    int offset = slices.offsets[i];
    int length = Math.min(8, slices.lengths[i]);
    long start = 0;
    if (offset + 8 <= slices.data.length) {
      start = (long) BIG_ENDIAN.get(slices.data, offset);
      start = length == 0 ? 0 : start & (-1L << (64 - 8 * length));
    } else {
      for (int b = 0; b < length; b++) {
        start |= (slices.data[offset + b] & 0xFFL) << (56 - 8 * b);
      }
    }
    return start ^ Long.MIN_VALUE;
  }

  /** Compares values that are alike in {@link #start}. */
  private int compare(int a, int b) {
    int startA = slices.offsets[a];
    int startB = slices.offsets[b];
    if (slices.lengths[a] <= 8 && slices.lengths[b] <= 8) {
      return slices.lengths[a] - slices.lengths[b]; // they begin alike, and that is all of them
    }
    return Arrays.compareUnsigned(
        slices.data,
        startA,
        startA + slices.lengths[a],
        slices.data,
        startB,
        startB + slices.lengths[b]);
  }

  private Binary binary(int i) {
    return Binary.fromReusedByteArray(slices.data, slices.offsets[i], slices.lengths[i]);
  }
}
