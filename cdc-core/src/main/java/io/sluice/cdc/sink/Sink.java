package io.sluice.cdc.sink;

import io.sluice.cdc.config.PipelineId;

/**
 * Where rows go, and where the truth about the pipeline is kept.
 *
 * <p>Lifecycle: {@link #open}, then any number of {@link #stage} and {@link #commit}, then {@link
 * #close}. Thread-safe after {@code open}: stages may be filled by several threads at once (each
 * stage by one at a time), commits are made one after the other in the order of the calls.
 *
 * <p>Failures are unchecked: {@link io.sluice.cdc.error.SinkException}, {@link
 * io.sluice.cdc.error.FencedException}, {@link io.sluice.cdc.error.StateException}.
 */
public interface Sink extends AutoCloseable {
  /**
   * Takes the pipeline over: fences older writers, finishes what they committed but did not
   * promote, removes what they staged but did not commit, and returns the last committed state.
   *
   * @param pipeline the pipeline's id
   */
  ResumePoint open(PipelineId pipeline) throws InterruptedException;

  /** A new, empty stage. Nothing written to it is visible before it is committed. */
  Stage stage();

  /**
   * Commits everything in the stage together with the state of the source, atomically.
   *
   * @param stage a stage of this sink, not used before; it is finished by this call if it was not
   *     yet
   * @param request the state that becomes true with the rows
   * @return how it ended; after anything but {@link CommitOutcome.Committed} the sink accepts no
   *     more commits
   */
  CommitOutcome commit(Stage stage, CommitRequest request) throws InterruptedException;

  /**
   * Waits until all that was committed is promoted, then lets go of connections and threads. Stages
   * that were not committed are discarded. May be called twice.
   */
  @Override
  void close();
}
