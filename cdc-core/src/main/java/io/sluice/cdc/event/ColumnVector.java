package io.sluice.cdc.event;

import java.util.Arrays;

/**
 * The values of one column of a {@link RowBatch}, appended in row order. Not thread-safe: one
 * thread fills it, then others may read it after a safe hand-over.
 */
public abstract sealed class ColumnVector permits LongVector, DoubleVector, BytesVector {
  private long[] nulls = new long[1];
  private int size;
  private int nullCount;

  ColumnVector() {}

  /**
   * An empty vector for values of the type.
   *
   * @param rows how many it has room for before it grows, at least 1
   */
  public static ColumnVector of(ColumnType type, int rows) {
    return switch (type.storage()) {
      case LONG -> new LongVector(rows);
      case DOUBLE -> new DoubleVector(rows);
      case BYTES -> new BytesVector(rows);
    };
  }

  /** Rows appended so far. */
  public final int size() {
    return size;
  }

  /** Whether any row is NULL. */
  public final boolean hasNulls() {
    return nullCount > 0;
  }

  /** Whether the row's value is NULL. */
  public final boolean isNull(int row) {
    return nullCount > 0 && (nulls[row >> 6] & (1L << row)) != 0;
  }

  /** Appends NULL. */
  public final void appendNull() {
    int row = size;
    appendPlaceholder();
    nulls[row >> 6] |= 1L << row;
    nullCount++;
  }

  /** Heap bytes that the values take, without the fixed overhead of the object. */
  public abstract long bytes();

  /** An empty vector for values of the same type, with room for about as many. */
  abstract ColumnVector another();

  abstract void appendPlaceholder();

  /** Counts a row and makes room for its null bit. */
  final int next() {
    if ((size >> 6) >= nulls.length) {
      nulls = Arrays.copyOf(nulls, nulls.length * 2);
    }
    return size++;
  }
}
