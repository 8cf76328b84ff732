package io.sluice.cdc.bench.torture.bystander;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something again and again at random moments, on a thread of its own, until it is closed. */
final class Moments implements AutoCloseable {
  private final Random random;
  private final int longestMillis;
  private final Act act;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;

  /** What is done. */
  @FunctionalInterface
  interface Act {
    void run() throws InterruptedException;
  }

  private Moments(String name, Random random, int longestMillis, Act act) {
    this.random = random;
    this.longestMillis = longestMillis;
    this.act = act;
    this.thread = new Thread(this::run, name);
  }

  /**
   * Starts.
   *
   * @param longestMillis the longest time between two moments
   */
  static Moments start(String name, Random random, int longestMillis, Act act) {
    Moments moments = new Moments(name, random, longestMillis, act);
    moments.thread.setDaemon(true);
    moments.thread.start();
    return moments;
  }

  private void run() {
    try {
      while (!stop.await(random.nextInt(longestMillis), TimeUnit.MILLISECONDS)) {
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
