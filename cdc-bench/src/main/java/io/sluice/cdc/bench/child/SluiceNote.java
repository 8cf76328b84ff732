package io.sluice.cdc.bench.child;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.LoadMode;

/** Lets a pipeline commit its position before a backlog is written. */
final class SluiceNote implements Job {
  @Override
  public void run(Settings settings, Meter meter) throws InterruptedException {
    meter.begin();
    try (CdcPipeline pipeline = Sluice.builder(settings, LoadMode.NEVER).build()) {
      pipeline.start();
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
      meter.end(0);
    }
  }
}
