package io.sluice.cdc.bench.child;

import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelineState;

/** Tells the meter when a pipeline begins to load or to stream. */
record Started(Meter meter) implements PipelineListener {
  @Override
  public void stateChanged(PipelineState state) {
    if (state == PipelineState.LOADING || state == PipelineState.STREAMING) {
      meter.started();
    }
  }
}
