package io.sluice.cdc.status;

/** Where a pipeline is in its life. */
public enum PipelineState {
  /** Built, not started. */
  NEW,
  /** Checking the server, taking the sink over, finishing what an earlier writer left. */
  OPENING,
  /** Loading tables in full. */
  LOADING,
  /** Following the binlog. */
  STREAMING,
  /** Asked to stop; the last commits are finishing. */
  STOPPING,
  /** Ended as asked. */
  STOPPED,
  /** Ended by a failure. */
  FAILED
}
