package io.sluice.cdc.event;

import java.util.Arrays;

/** Values that fit 64 bits: integers, small decimals, dates, times. */
public final class LongVector extends ColumnVector {
  private long[] values;

  LongVector(int rows) {
    values = new long[rows];
  }

  /** Appends a value. */
  public void append(long value) {
    int row = next();
    if (row == values.length) {
      values = Arrays.copyOf(values, row * 2);
    }
    values[row] = value;
  }

  /** The value of a row; undefined where {@link #isNull(int)}. */
  public long get(int row) {
    return values[row];
  }

  @Override
  public long bytes() {
    return 8L * size();
  }

  @Override
  ColumnVector another() {
    return new LongVector(Math.max(1, size()));
  }

  @Override
  void appendPlaceholder() {
    append(0);
  }
}
