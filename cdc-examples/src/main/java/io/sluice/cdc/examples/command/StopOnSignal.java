package io.sluice.cdc.examples.command;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.status.PipelineState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGTERM and SIGINT end a pipeline in order: the JVM waits for its end, and ends with 0 as it
 * was asked to. Thread-safe.
 */
final class StopOnSignal {
  private static final long PATIENCE_SECONDS = 30;

  private final CdcPipeline pipeline;
  private final CountDownLatch ended = new CountDownLatch(1);

  private StopOnSignal(CdcPipeline pipeline) {
    this.pipeline = pipeline;
  }

  static StopOnSignal install(CdcPipeline pipeline) {
    StopOnSignal signals = new StopOnSignal(pipeline);
    Runtime.getRuntime().addShutdownHook(new Thread(signals::shutDown, "stop-on-signal"));
    return signals;
  }

  /** The pipeline has ended and everything about it has been told. */
  void ended() {
    ended.countDown();
  }

  /**
   * Runs when the JVM goes down: after the command has ended, then there is nothing to do, or
   * because of a signal.
   */
  private void shutDown() {
    if (ended.getCount() == 0) {
      return;
    }
    pipeline.close();
    try {
      if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
          && pipeline.status().state() == PipelineState.STOPPED) {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime()
            .halt(
                CdcCommand.DONE); // else the signal's own code, 143 for SIGTERM, would say failure
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
