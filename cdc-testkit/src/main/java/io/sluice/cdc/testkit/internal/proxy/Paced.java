package io.sluice.cdc.testkit.internal.proxy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets bytes through at a rate that may change; 0 bytes a second is as fast as can be. */
final class Paced extends FilterOutputStream {
  private static final int SLICES_PER_SECOND = 20;

  private final LongSupplier bytesPerSecond;

  Paced(OutputStream output, LongSupplier bytesPerSecond) {
    super(output);
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end) {
      long rate = bytesPerSecond.getAsLong();
      int bytes =
          rate <= 0 ? end - at : (int) Math.min(end - at, Math.max(1, rate / SLICES_PER_SECOND));
      if (rate > 0) {
        out.flush();
        sleep(
            Duration.ofNanos(
                Duration.ofSeconds(bytes).toNanos()
                    / rate)); // before, so the last byte is not early
      }
      out.write(source, at, bytes);
      at += bytes;
    }
  }

  /** Waits; an interrupt ends the connection. */
  static void sleep(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a fault proxy waits");
    }
  }
}
