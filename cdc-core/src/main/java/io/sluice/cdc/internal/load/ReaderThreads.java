package io.sluice.cdc.internal.load;

import io.sluice.cdc.error.SourceException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs readers side by side; the first failure ends all of them. Used by one thread. */
final class ReaderThreads {
  private final LoadPlan plan;
  private final OpenView view;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  ReaderThreads(LoadPlan plan, OpenView view) {
    this.plan = plan;
    this.view = view;
  }

  void start(Reader reader) {
    Thread thread = new Thread(() -> run(reader), "sluice-load-" + (threads.size() + 1));
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void run(Reader reader) {
    try {
      reader.run();
    } catch (Throwable e) {
      // Whatever it is, an Error included: the load has failed and the caller is told.
      if (failure.compareAndSet(null, e)) {
        stopAll();
      }
    }
  }

  private void stopAll() {
    plan.fail();
    view.abort();
    Thread own = Thread.currentThread();
    threads.stream().filter(t -> !t.equals(own)).forEach(Thread::interrupt);
  }

  /** Waits for all; throws what the first one failed with. */
  void await() throws InterruptedException {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
      stopAll();
      joinAll();
      throw e;
    }
    Throwable failed = failure.get();
    if (failed != null) {
      rethrow(failed);
    }
  }

  private void joinAll() {
    boolean again = true;
    while (again) {
      again = false;
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          // The caller already knows that it was interrupted; its readers must end first.
          again = true;
        }
      }
    }
  }

  private static void rethrow(Throwable failed) {
    if (failed instanceof RuntimeException e) {
      throw e;
    }
    if (failed instanceof Error e) {
      throw e;
    }
    throw new SourceException("A reader of the load was interrupted", "Start again", failed);
  }
}
