package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.event.SourcePosition;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells a running pipeline when to end. Thread-safe. */
final class StopSignal {
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean untilCaughtUp;
  private volatile @Nullable SourcePosition target;

  void stop() {
    stop.countDown();
  }

  boolean stopping() {
    return stop.getCount() == 0;
  }

  void stopWhenCaughtUp() {
    untilCaughtUp = true;
  }

  /** Whether it is to end once it has caught up. */
  boolean untilCaughtUp() {
    return untilCaughtUp;
  }

  /** The position to catch up with, or null while it is not known. */
  @Nullable SourcePosition target() {
    return target;
  }

  void target(SourcePosition position) {
    target = position;
  }

  /** Waits, but not beyond a stop. */
  void await(Duration time) throws InterruptedException {
    stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
