package io.sluice.cdc.testkit.internal.proxy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** The state of the wire between two sides; all tunnels of a proxy share it. Thread-safe. */
public final class Line {
  private long bytesPerSecond;
  private Duration delay = Duration.ZERO;
  private boolean held;
  private boolean refusing;

  public synchronized void throttle(long newBytesPerSecond) {
    this.bytesPerSecond = newBytesPerSecond;
  }

  public synchronized void delay(Duration time) {
    this.delay = time;
  }

  public synchronized void hold(boolean on) {
    this.held = on;
    notifyAll();
  }

  public synchronized void refuse(boolean on) {
    this.refusing = on;
  }

  public synchronized boolean isRefusing() {
    return refusing;
  }

  synchronized long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** Waits as long as the line is held, then for the delay. */
  void await() throws IOException {
    Paced.sleep(awaitRelease());
  }

  private synchronized Duration awaitRelease() throws IOException {
    try {
      while (held) {
        wait();
      }
      return delay;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a proxy holds its line");
    }
  }
}
