package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.status.PipelineListener;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, in order, on a thread of their own; what they throw is logged. Thread-safe. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final long CLOSE_SECONDS = 10;

  private final List<PipelineListener> listeners;
  private final ExecutorService executor;

  Listeners(String pipeline, List<PipelineListener> listeners) {
    this.listeners = listeners;
    this.executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "sluice-listeners-" + pipeline);
              thread.setDaemon(true);
              return thread;
            });
  }

  void tell(Consumer<PipelineListener> news) {
    if (listeners.isEmpty()) {
      return;
    }
    try {
      executor.execute(() -> listeners.forEach(listener -> tell(listener, news)));
    } catch (RejectedExecutionException e) {
      LOG.debug("News after the end was dropped", e);
    }
  }

  private static void tell(PipelineListener listener, Consumer<PipelineListener> news) {
    try {
      news.accept(listener);
    } catch (RuntimeException e) {
      LOG.warn("The listener {} failed", listener, e);
    }
  }

  /** Waits until everything has been told. */
  void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A listener has not returned for {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
