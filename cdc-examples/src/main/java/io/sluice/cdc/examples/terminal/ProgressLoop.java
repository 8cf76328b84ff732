package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.CdcPipeline;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks at a pipeline several times a second and shows what it sees, until it is closed. */
public final class ProgressLoop implements AutoCloseable {
  private static final long EVERY_MILLIS = 200;
  private static final long PATIENCE_SECONDS = 5;

  private final CdcPipeline pipeline;
  private final Progress progress;
  private final ScheduledExecutorService executor;
  private final ScheduledFuture<?> looking;

  private ProgressLoop(CdcPipeline pipeline, Progress progress) {
    this.pipeline = pipeline;
    this.progress = progress;
    this.executor = Executors.newSingleThreadScheduledExecutor(task -> daemon(task));
    this.looking =
        executor.scheduleWithFixedDelay(
            () -> progress.show(pipeline.status()), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Begins to look; the progress is closed with the loop, the pipeline is not. */
  public static ProgressLoop start(CdcPipeline pipeline, Progress progress) {
    return new ProgressLoop(pipeline, progress);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "progress");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    looking.cancel(false);
    executor.shutdown();
    try {
      if (executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        progress.end(pipeline.status());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      progress.close();
    }
  }
}
