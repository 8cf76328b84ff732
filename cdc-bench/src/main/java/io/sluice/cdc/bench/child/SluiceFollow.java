package io.sluice.cdc.bench.child;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.status.CommitInfo;
import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Sluice following a live server with a small batch age; prints {@code promoted=COMMIT MICROS ROWS
 * FILES OLDEST} for each commit, and its memory, until told to stop.
 */
final class SluiceFollow implements Job {
  @Override
  public void run(Settings settings, Meter meter) throws InterruptedException {
    Duration maxAge = Duration.ofMillis(settings.number("maxAgeMillis"));
    try (CdcPipeline pipeline =
        Sluice.builder(settings, LoadMode.NEVER)
            .batch(BatchConfig.DEFAULT.withMaxAge(maxAge))
            .listener(new Telling(meter))
            .build()) {
      meter.begin();
      pipeline.start();
      meter.awaitStop();
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
      PipelineStatus status = pipeline.status();
      meter.end(status.rows().changes());
      meter.print("files", status.files());
      meter.print("commits", status.commits());
    }
  }

  /** Tells the parent. */
  private record Telling(Meter meter) implements PipelineListener {
    @Override
    public void stateChanged(PipelineState state) {
      meter.print("state", state);
    }

    @Override
    public void promoted(CommitInfo commit, Instant promotedAt) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, promotedAt);
      meter.print(
          "promoted",
          commit.commit()
              + " "
              + micros
              + " "
              + commit.rows().changes()
              + " "
              + commit.files()
              + " "
              + commit.oldestChangeMicros());
      meter.memory();
    }
  }
}
