package io.sluice.cdc.testkit.internal.process;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition by asking again; an interrupt is a failure. */
public final class Await {
  private static final long PAUSE_MILLIS = 10;

  private Await() {}

  /** Returns whether the condition came true before the time was over. */
  public static boolean until(Duration atMost, Callable<Boolean> condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!ask(condition)) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static boolean ask(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("A condition could not be checked: " + e.getMessage(), e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a test server", e);
    }
  }
}
