package io.sluice.cdc.s3.internal.encode;

import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * Memory for the compressed pages of one row group, cut from few large arrays. One array for each
 * page would take up to twice its size: G1 gives an array of half a region or more whole regions of
 * its own. Everything is let go of at once, with the row group. Used by one thread.
 */
final class PageArena implements ByteBufferAllocator {
  private static final int FIRST_BYTES = 4 << 10;

  /** With the array's header, four regions of the smallest size. */
  private static final int LARGEST_BYTES = (4 << 20) - 64;

  private byte[] array = new byte[0];
  private int used;
  private long allocated;

  @Override
  public ByteBuffer allocate(int size) {
    if (array.length - used < size) {
      array = new byte[Math.max(size, Math.min(LARGEST_BYTES, nextBytes()))];
      allocated += array.length;
      used = 0;
    }
    ByteBuffer buffer = ByteBuffer.wrap(array, used, size).slice();
    used += size;
    return buffer;
  }

  /** As much again as there is, so that small files stay small. */
  private int nextBytes() {
    return (int) Math.max(FIRST_BYTES, Math.min(LARGEST_BYTES, allocated));
  }

  /** Heap bytes of all arrays. */
  long memory() {
    return allocated;
  }

  @Override
  public void release(ByteBuffer buffer) {}

  @Override
  public boolean isDirect() {
    return false;
  }
}
