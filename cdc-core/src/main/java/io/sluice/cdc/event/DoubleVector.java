package io.sluice.cdc.event;

import java.util.Arrays;

/** Floating point values; a 32-bit float is held exactly. */
public final class DoubleVector extends ColumnVector {
  private double[] values;

  DoubleVector(int rows) {
    values = new double[rows];
  }

  /** Appends a value. */
  public void append(double value) {
    int row = next();
    if (row == values.length) {
      values = Arrays.copyOf(values, row * 2);
    }
    values[row] = value;
  }

  /** The value of a row; undefined where {@link #isNull(int)}. */
  public double get(int row) {
    return values[row];
  }

  @Override
  public long bytes() {
    return 8L * size();
  }

  @Override
  ColumnVector another() {
    return new DoubleVector(Math.max(1, size()));
  }

  @Override
  void appendPlaceholder() {
    append(0);
  }
}
