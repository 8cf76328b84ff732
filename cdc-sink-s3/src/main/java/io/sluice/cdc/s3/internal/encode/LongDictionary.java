package io.sluice.cdc.s3.internal.encode;

import java.util.Arrays;

/** Distinct numbers of 4 or 8 bytes; open addressing. */
final class LongDictionary implements Dictionary {
  private final int width;
  private int[] slots = new int[256];
  private long[] values = new long[128];
  private int size;

  LongDictionary(int width) {
    this.width = width;
  }

  /** The number of the value, which is added when it is new. */
  int idOf(long value) {
    int mask = slots.length - 1;
    int slot = hash(value) & mask;
    while (true) {
      int id = slots[slot] - 1;
      if (id < 0) {
        return add(value, slot);
      }
      if (values[id] == value) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  private int add(long value, int slot) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
      values[size++] = value;
      rehash();
      return size - 1;
    }
    values[size++] = value;
    slots[slot] = size;
    return size - 1;
  }

  private void rehash() {
    slots = new int[values.length * 2];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hash(values[id]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }

  private static int hash(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int plainBytes() {
    return size * width;
  }

  @Override
  public long memory() {
    return 4L * slots.length + 8L * values.length;
  }

  @Override
  public void plain(int id, Buffer out) {
    if (width == 4) {
      out.putInt((int) values[id]);
    } else {
      out.putLong(values[id]);
    }
  }
}
