package io.sluice.cdc.s3.internal.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow; numbers are little-endian as Parquet wants them. */
final class Buffer {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 16;
  private static final int KEPT_BYTES = 4 << 20;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  long memory() {
    return bytes.length;
  }

  /** Empties it; a buffer that had to grow far is let go of. */
  void clear() {
    size = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[256];
    }
  }

  void truncate(int newSize) {
    size = newSize;
  }

  void putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    reserve(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  void putInts(long[] values, int count) {
    reserve(4L * count);
    for (int i = 0; i < count; i++) {
      INT.set(bytes, size + 4 * i, (int) values[i]);
    }
    size += 4 * count;
  }

  void putLong(long value) {
    reserve(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  void putLongs(long[] values, int count) {
    reserve(8L * count);
    for (int i = 0; i < count; i++) {
      LONG.set(bytes, size + 8 * i, values[i]);
    }
    size += 8 * count;
  }

  void put(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Unsigned LEB128. */
  void putVarInt(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      putByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    putByte(rest);
  }

  /** Overwrites an int that was put before. */
  void setInt(int position, int value) {
    INT.set(bytes, position, value);
  }

  private void reserve(long more) {
    long needed = size + more;
    if (needed <= bytes.length) {
      return;
    }
    if (needed > MAX_BYTES) {
      throw new IllegalStateException("a Parquet page cannot hold " + needed + " bytes");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * bytes.length)));
  }
}
