package io.sluice.cdc.testkit.internal.proxy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body with one bit flipped and an early end, as the plan says. */
final class Spoiled extends FilterInputStream {
  private final long flipAt;
  private final long endAt;
  private long at;

  Spoiled(InputStream body, long flipAt, long endAt) {
    super(body);
    this.flipAt = flipAt;
    this.endAt = endAt;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (at >= endAt) {
      return -1;
    }
    int bytes = in.read(target, from, (int) Math.min(length, endAt - at));
    if (bytes > 0) {
      if (at <= flipAt && flipAt < at + bytes) {
        target[from + (int) (flipAt - at)] ^= 1;
      }
      at += bytes;
    }
    return bytes;
  }
}
