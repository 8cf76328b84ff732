package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.sink.Sink;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then for requests to load tables again that were left in the sink, hands them to
 * the pipeline, and has them removed once they are committed. On a thread of its own: while the
 * store is away nothing else waits for it. Thread-safe.
 */
final class ReloadWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadWatch.class);

  /** One cheap request to the store; whoever waits for a table waits longer for its load. */
  private static final Duration EVERY = Duration.ofSeconds(15);

  /** How long an end that nobody asked for waits until what was taken is removed. */
  private static final long LAST_REMOVAL_MILLIS = 2_000;

  private final PipelineConfig config;
  private final Sink sink;
  private final StopSignal signal;
  private final Thread thread;

  /** Taken or refused, but perhaps not removed yet; guarded by this. */
  private final Set<TableName> taken = new HashSet<>();

  private boolean fresh;

  ReloadWatch(PipelineConfig config, Sink sink, StopSignal signal) {
    this.config = config;
    this.sink = sink;
    this.signal = signal;
    this.thread = new Thread(this::run, "sluice-reloads-" + config.pipeline());
    this.thread.setDaemon(true);
  }

  /** Looks once, and from now on again and again. */
  void start() throws InterruptedException {
    look();
    thread.start();
  }

  /** It is committed that these tables are to be loaded anew. */
  synchronized void taken(Collection<TableName> tables) {
    signal.reloaded(tables);
    fresh |= taken.addAll(tables);
    notifyAll();
  }

  private void run() {
    try {
      while (true) {
        pause();
        remove();
        look();
      }
    } catch (InterruptedException e) {
      // The pipeline has ended.
    }
  }

  /** Until there is something new to remove, but not longer than until the next look. */
  private synchronized void pause() throws InterruptedException {
    long end = System.nanoTime() + EVERY.toNanos();
    for (long left = EVERY.toMillis();
        left > 0 && !fresh;
        left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    fresh = false;
  }

  private void look() throws InterruptedException {
    try {
      for (TableName table : sink.reloadRequests()) {
        hand(table);
      }
    } catch (RuntimeException e) {
      LOG.debug("Cannot look for requests to load tables again; trying again", e);
    }
  }

  private synchronized void hand(TableName table) {
    if (taken.contains(table)) {
      return; // committed while this thread was looking
    }
    if (config.load().mode() == LoadMode.NEVER) {
      refuse(table, "load.mode is never");
    } else if (!config.source().includes(table)) {
      refuse(table, "source.include and source.exclude leave it out");
    } else if (signal.reload(table)) {
      LOG.info("Table {} is to be loaded again, as was requested", table);
    }
  }

  private void refuse(TableName table, String why) {
    LOG.warn("The request to load {} again was removed: {}", table, why);
    fresh |= taken.add(table);
    notifyAll();
  }

  private void remove() throws InterruptedException {
    List<TableName> done;
    synchronized (this) {
      done = List.copyOf(taken);
    }
    if (done.isEmpty()) {
      return;
    }
    try {
      sink.reloadTaken(done);
      synchronized (this) {
        taken.removeAll(done);
        notifyAll();
      }
    } catch (RuntimeException e) {
      LOG.debug("Cannot remove requests that were taken; trying again", e);
    }
  }

  /** A stop does not wait; what stays behind loads a table once more. */
  @Override
  public void close() {
    if (!signal.stopping()) {
      awaitRemoval();
    }
    thread.interrupt();
  }

  private synchronized void awaitRemoval() {
    long end = System.nanoTime() + LAST_REMOVAL_MILLIS * 1_000_000;
    try {
      for (long left = LAST_REMOVAL_MILLIS;
          left > 0 && !taken.isEmpty() && thread.isAlive();
          left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
