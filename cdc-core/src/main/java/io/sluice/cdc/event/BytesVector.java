package io.sluice.cdc.event;

import java.util.Arrays;

/**
 * Values of any length (text as UTF-8, bytes, large decimals), back to back in one array.
 *
 * <p>One vector holds up to 2 GiB less a little; whoever fills a batch cuts it long before.
 */
public final class BytesVector extends ColumnVector {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

  private static final int BYTES_A_ROW = 16;

  /** What another vector makes room for at most, so that one large value is not paid twice. */
  private static final int MAX_ROOM = 1 << 20;

  private byte[] data;
  private int[] ends;

  BytesVector(int rows) {
    this(rows, BYTES_A_ROW * rows);
  }

  private BytesVector(int rows, int bytes) {
    data = new byte[bytes];
    ends = new int[rows];
  }

  /** Appends a copy of the bytes. */
  public void append(byte[] value) {
    append(value, 0, value.length);
  }

  /** Appends a copy of a part of an array. */
  public void append(byte[] source, int offset, int length) {
    int start = end();
    reserve(start, length);
    System.arraycopy(source, offset, data, start, length);
    finish(start + length);
  }

  /**
   * Appends the bytes and may keep the array, so that a value of 100 MiB is not held twice; the
   * caller must not change it afterwards.
   */
  public void appendOwned(byte[] value) {
    if (size() == 0 && value.length > data.length) {
      data = value;
      finish(value.length);
    } else {
      append(value);
    }
  }

  /** The array that holds all values; read only. */
  public byte[] data() {
    return data;
  }

  /** Where the value of the row starts in {@link #data()}. */
  public int offset(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /** How many bytes the value of the row has. */
  public int length(int row) {
    return ends[row] - offset(row);
  }

  /** A copy of the value. */
  public byte[] get(int row) {
    return Arrays.copyOfRange(data, offset(row), ends[row]);
  }

  @Override
  public long bytes() {
    return end() + 4L * size();
  }

  @Override
  ColumnVector another() {
    int used = end();
    return new BytesVector(Math.max(1, size()), Math.min(MAX_ROOM, used + used / 8));
  }

  @Override
  void appendPlaceholder() {
    finish(end());
  }

  private int end() {
    return size() == 0 ? 0 : ends[size() - 1];
  }

  private void reserve(int start, int length) {
    long needed = (long) start + length;
    if (needed <= data.length) {
      return;
    }
    if (needed > MAX_BYTES) {
      throw new IllegalStateException("a column vector cannot hold " + needed + " bytes");
    }
    data = Arrays.copyOf(data, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * data.length)));
  }

  private void finish(int end) {
    int row = next();
    if (row == ends.length) {
      ends = Arrays.copyOf(ends, row * 2);
    }
    ends[row] = end;
  }
}
