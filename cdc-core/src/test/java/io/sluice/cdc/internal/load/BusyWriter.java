package io.sluice.cdc.internal.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Does the same thing over and over in a thread of its own until it is closed. */
final class BusyWriter implements AutoCloseable {
  /** What it does. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private final Thread thread;
  private final CountDownLatch first = new CountDownLatch(1);
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean closed;

  BusyWriter(Work work) {
    thread = new Thread(() -> repeat(work));
    thread.start();
  }

  private void repeat(Work work) {
    try {
      while (!closed) {
        work.run();
        first.countDown();
      }
    } catch (Exception e) {
      failure.set(e);
      first.countDown();
    }
  }

  /** Waits until it has done it once. */
  void awaitFirst() throws InterruptedException {
    first.await();
  }

  @Override
  public void close() throws Exception {
    closed = true;
    thread.join();
    Exception failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }
}
