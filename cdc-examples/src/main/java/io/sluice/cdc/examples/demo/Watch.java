package io.sluice.cdc.examples.demo;

import io.sluice.cdc.status.CommitInfo;
import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelineState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Remembers when each commit became visible. Thread-safe. */
final class Watch implements PipelineListener {
  private final Map<Long, Long> promotedMicros = new ConcurrentHashMap<>();
  private final CountDownLatch streaming = new CountDownLatch(1);
  private volatile long visibleAfterMicros;

  @Override
  public void promoted(CommitInfo commit, Instant promotedAt) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, promotedAt);
    promotedMicros.put(commit.commit(), micros);
    if (commit.rows().changes() > 0) {
      visibleAfterMicros = micros - commit.oldestChangeMicros();
    }
  }

  @Override
  public void stateChanged(PipelineState state) {
    switch (state) {
      case STREAMING, STOPPING, STOPPED, FAILED -> streaming.countDown();
      default -> {}
    }
  }

  /** Counts down to zero once the load is over, in any way. */
  CountDownLatch loaded() {
    return streaming;
  }

  /** When the files of each commit were readable, microseconds since 1970 UTC. */
  Map<Long, Long> promotedMicros() {
    return promotedMicros;
  }

  /** How long the oldest change of the newest visible commit had waited. */
  long visibleAfterMicros() {
    return visibleAfterMicros;
  }
}
