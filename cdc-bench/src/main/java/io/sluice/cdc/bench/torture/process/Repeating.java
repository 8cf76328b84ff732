package io.sluice.cdc.bench.torture.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Does something again and again, on a thread of its own, until it is closed. */
public final class Repeating implements AutoCloseable {
  private final IntSupplier pauseMillis;
  private final Act act;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;

  /** What is done. */
  @FunctionalInterface
  public interface Act {
    /** Does it once. */
    void run() throws InterruptedException;
  }

  private Repeating(String name, IntSupplier pauseMillis, Act act) {
    this.pauseMillis = pauseMillis;
    this.act = act;
    this.thread = new Thread(this::run, name);
  }

  /**
   * Starts, with a pause.
   *
   * @param pauseMillis asked before each time
   */
  public static Repeating start(String name, IntSupplier pauseMillis, Act act) {
    Repeating repeating = new Repeating(name, pauseMillis, act);
    repeating.thread.setDaemon(true);
    repeating.thread.start();
    return repeating;
  }

  private void run() {
    try {
      while (!stop.await(pauseMillis.getAsInt(), TimeUnit.MILLISECONDS)) {
        act.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Waits for what is being done; what failed is thrown here. */
  @Override
  public void close() throws InterruptedException {
    stop.countDown();
    thread.join();
    RuntimeException e = failure;
    if (e != null) {
      throw e;
    }
  }
}
