package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import io.sluice.cdc.status.RowCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs one pipeline. */
public final class PipelineRunner {
  private final PipelineConfig config;
  private final Sink sink;
  private final List<PipelineListener> listeners;

  /** Nothing is connected yet. */
  public PipelineRunner(PipelineConfig config, Sink sink, List<PipelineListener> listeners) {
    this.config = config;
    this.sink = sink;
    this.listeners = List.copyOf(listeners);
  }

  /** Starts the pipeline's thread. */
  public void start() {}

  /** Asks it to stop after what the server had at this moment has been committed. */
  public void stopWhenCaughtUp() {}

  /** Asks it to stop and waits for it. */
  public void stop() {
    sink.close();
  }

  /** Waits for the end. */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return true;
  }

  /** The pipeline now. */
  public PipelineStatus status() {
    return new PipelineStatus(
        PipelineState.NEW, LoadProgress.NONE, RowCounts.NONE, 0, 0, 0, 0, null, 0, Map.of());
  }
}
