package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.internal.batch.Cut;
import io.sluice.cdc.internal.batch.Handover;
import io.sluice.cdc.internal.batch.Slice;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.Stage;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Two threads behind the reader: one decodes slices and stages them, the other commits finished
 * batches, so that the next batch is staged while one is committed. Commits stay in order.
 */
final class StreamWriter {
  /**
   * One batch may wait for the one that is being committed; more would only grow what is lost by a
   * kill.
   */
  private static final int WAITING_COMMITS = 1;

  private static final long JOIN_MILLIS = 20_000;

  private final Sink sink;
  private final Handover handover;
  private final BatchCommit commit;
  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(WAITING_COMMITS);
  private final AtomicInteger uncommitted = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread stager;
  private final Thread committer;
  private volatile boolean stopping;
  private @Nullable Stage open;

  /** A staged batch and where it ends. */
  private record Batch(Stage stage, Cut cut) {}

  /** Makes a commit. */
  interface BatchCommit {
    void commit(Stage stage, Cut cut) throws InterruptedException;
  }

  StreamWriter(String pipeline, Sink sink, Handover handover, BatchCommit commit) {
    this.sink = sink;
    this.handover = handover;
    this.commit = commit;
    this.stager = thread("sluice-stage-" + pipeline, this::stage);
    this.committer = thread("sluice-commit-" + pipeline, this::commit);
  }

  void start() {
    stager.start();
    committer.start();
  }

  /** Whether a batch has been cut that is not committed yet. */
  boolean isBehind() {
    return uncommitted.get() > 0;
  }

  void throwIfFailed() {
    Throwable cause = failure.get();
    if (cause instanceof RuntimeException known) {
      throw known;
    }
    if (cause != null) {
      throw new SourceException(
          "The stream's writer failed: " + cause, "See the cause in the log", cause);
    }
  }

  /** Ends both threads; a commit under way is finished, everything behind it is dropped. */
  void stop() {
    stopping = true;
    handover.close();
    stager.interrupt();
    join(stager);
    join(committer);
    Stage left = open;
    if (left != null) {
      left.discard();
    }
    for (Batch batch = batches.poll(); batch != null; batch = batches.poll()) {
      batch.stage.discard();
    }
  }

  private void stage() throws InterruptedException {
    for (Handover.Item item = handover.take(); item != null; item = handover.take()) {
      Stage stage = open;
      if (stage == null) {
        stage = sink.stage();
        open = stage;
      }
      if (item instanceof Slice slice) {
        stage.write(slice.decode());
      } else if (item instanceof Cut cut) {
        uncommitted.incrementAndGet();
        stage.finish();
        batches.put(new Batch(stage, cut));
        open = null;
      }
    }
  }

  private void commit() throws InterruptedException {
    while (!stopping) {
      Batch batch = batches.poll(100, TimeUnit.MILLISECONDS);
      if (batch != null) {
        commit.commit(batch.stage, batch.cut);
        uncommitted.decrementAndGet();
      }
    }
  }

  private Thread thread(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (InterruptedException e) {
                if (!stopping) {
                  failure.compareAndSet(null, e);
                }
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
                handover.close();
              }
            },
            name);
    thread.setDaemon(true);
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Task {
    void run() throws InterruptedException;
  }
}
