package io.sluice.cdc.bench.child;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.status.PipelineStatus;

/** Sluice's full load into the final bucket, from start to the last promotion. */
final class SluiceLoad implements Job {
  @Override
  public void run(Settings settings, Meter meter) throws InterruptedException {
    meter.begin();
    Started listener = new Started(meter);
    try (CdcPipeline pipeline =
        Sluice.builder(settings, LoadMode.ONLY).listener(listener).build()) {
      pipeline.start();
      pipeline.awaitEnd();
      PipelineStatus status = pipeline.status();
      Sluice.checkRows(status.rows().loads(), settings);
      meter.end(status.rows().loads());
      meter.print("files", status.files());
      meter.print("fileBytes", status.bytes());
      meter.print("commits", status.commits());
    }
  }
}
