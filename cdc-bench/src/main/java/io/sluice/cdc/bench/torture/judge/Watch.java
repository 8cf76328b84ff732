package io.sluice.cdc.bench.torture.judge;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets an onlooker look all the time, on a thread of its own, until it is closed. */
public final class Watch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final Onlooker onlooker;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;

  private Watch(Onlooker onlooker) {
    this.onlooker = onlooker;
    this.thread = new Thread(this::run, "onlooker");
  }

  /** Starts watching. */
  public static Watch start(Onlooker onlooker) {
    Watch watch = new Watch(onlooker);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        onlooker.look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Stops; a look that failed is thrown here. */
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
