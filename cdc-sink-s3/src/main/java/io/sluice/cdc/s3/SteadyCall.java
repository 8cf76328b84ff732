package io.sluice.cdc.s3;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call that an interrupt must not break off at once: a caller that is stopped, or whose
 * neighbour failed, still gets to know how its commit ended, unless that takes too long.
 * Thread-safe.
 */
final class SteadyCall implements AutoCloseable {
  private final Duration grace;
  private final ExecutorService thread;

  /**
   * A thread for calls.
   *
   * @param grace how long a call may go on after an interrupt
   */
  SteadyCall(String name, Duration grace) {
    this.grace = grace;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Makes the call and returns what it returns; an interrupt is kept for the caller to see.
   *
   * @throws InterruptedException when it was interrupted and the call did not end in time
   */
  <T> T call(Callable<T> call) throws InterruptedException {
    Future<T> future = thread.submit(call);
    boolean interrupted = false;
    long deadline = 0;
    try {
      while (true) {
        try {
          return interrupted
              ? future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
              : future.get();
        } catch (InterruptedException e) {
          if (!interrupted) {
            deadline = System.nanoTime() + grace.toNanos();
          }
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new InterruptedException("interrupted, and not done within " + grace);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) throws InterruptedException {
    if (cause instanceof InterruptedException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
