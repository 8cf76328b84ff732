package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a running pipeline is asked to do from outside. Thread-safe. */
final class StopSignal {
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Set<TableName> reloads = ConcurrentHashMap.newKeySet();
  private volatile boolean untilCaughtUp;
  private volatile @Nullable SourcePosition target;
  private volatile @Nullable Thread interruptible;

  void stop() {
    stop.countDown();
    Thread thread = interruptible;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** A thread that is in a long call which a stop shall end, or null when it is over. */
  void interruptOnStop(@Nullable Thread thread) throws InterruptedException {
    interruptible = thread;
    if (thread != null && stopping()) {
      throw new InterruptedException("the pipeline is stopping");
    }
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

  /**
   * Asks for a table to be loaded again.
   *
   * @return false when that was asked before and is not committed yet
   */
  boolean reload(TableName table) {
    return reloads.add(table);
  }

  /** The tables to be loaded again, until that is committed: a lost connection forgets none. */
  Set<TableName> reloads() {
    return Set.copyOf(reloads);
  }

  /** It is committed that these tables are to be loaded anew. */
  void reloaded(Collection<TableName> tables) {
    reloads.removeAll(tables);
  }

  /** Waits, but not beyond a stop. */
  void await(Duration time) throws InterruptedException {
    stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
