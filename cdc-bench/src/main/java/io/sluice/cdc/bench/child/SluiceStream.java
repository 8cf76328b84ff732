package io.sluice.cdc.bench.child;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.status.PipelineStatus;

/**
 * Sluice over the backlog, from its committed position until it has caught up and all is promoted.
 */
final class SluiceStream implements Job {
  @Override
  public void run(Settings settings, Meter meter) throws InterruptedException {
    meter.begin();
    Started listener = new Started(meter);
    try (CdcPipeline pipeline =
        Sluice.builder(settings, LoadMode.NEVER).listener(listener).build()) {
      pipeline.start();
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
      PipelineStatus status = pipeline.status();
      Sluice.checkRows(status.rows().changes(), settings);
      meter.end(status.rows().changes());
      meter.print("files", status.files());
      meter.print("fileBytes", status.bytes());
      meter.print("commits", status.commits());
    }
  }
}
