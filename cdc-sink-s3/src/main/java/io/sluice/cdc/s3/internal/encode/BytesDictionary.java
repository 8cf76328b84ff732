package io.sluice.cdc.s3.internal.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Distinct byte strings; open addressing. */
final class BytesDictionary implements Dictionary {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Buffer pool = new Buffer();
  private int[] slots = new int[256];
  private int[] hashes = new int[128];
  private int[] ends = new int[128];
  private int size;

  /** The number of the value, which is added when it is new. */
  int idOf(byte[] source, int offset, int length) {
    int hash = hash(source, offset, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (true) {
      int id = slots[slot] - 1;
      if (id < 0) {
        return add(source, offset, length, hash, slot);
      }
      if (hashes[id] == hash && same(id, source, offset, length)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  private boolean same(int id, byte[] source, int offset, int length) {
    return Arrays.equals(pool.array(), start(id), ends[id], source, offset, offset + length);
  }

  private int add(byte[] source, int offset, int length, int hash, int slot) {
    boolean full = size == ends.length;
    if (full) {
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    pool.put(source, offset, length);
    ends[size] = pool.size();
    hashes[size++] = hash;
    if (full) {
      rehash();
    } else {
      slots[slot] = size;
    }
    return size - 1;
  }

  private void rehash() {
    slots = new int[ends.length * 2];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hashes[id] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }

  private static int hash(byte[] source, int offset, int length) {
    long hash = length;
    int at = offset;
    int end = offset + length;
    for (; at + 8 <= end; at += 8) {
      hash = (hash ^ (long) LONG.get(source, at)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    for (; at < end; at++) {
      hash = (hash ^ source[at]) * 0x100000001B3L;
    }
    hash *= 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 32);
  }

  private int start(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int plainBytes() {
    return pool.size() + 4 * size;
  }

  @Override
  public long memory() {
    return pool.memory() + 4L * (slots.length + hashes.length + ends.length);
  }

  @Override
  public void plain(int id, Buffer out) {
    int start = start(id);
    out.putInt(ends[id] - start);
    out.put(pool.array(), start, ends[id] - start);
  }
}
