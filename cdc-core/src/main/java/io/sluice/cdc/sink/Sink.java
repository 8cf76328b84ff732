package io.sluice.cdc.sink;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * Looks at the last committed state without taking the pipeline over: nothing is fenced,
   * finished, removed or written. Needs no {@link #open}; may be called from any thread until
   * {@link #close}.
   *
   * @param pipeline the pipeline's id
   * @return null when there is no state of this pipeline
   */
  @Nullable SinkLook look(PipelineId pipeline) throws InterruptedException;

  /**
   * The tables that somebody outside asked to load again. Asked by a running pipeline every few
   * seconds, on a thread of its own beside stages and commits; gives up after seconds rather than
   * minutes. A sink that keeps no requests has none.
   */
  default List<TableName> reloadRequests() throws InterruptedException {
    return List.of();
  }

  /**
   * The requests for these tables, as {@link #reloadRequests} last returned them, were carried out
   * or refused: they are to be removed, except for one that was made anew since. Called from the
   * same thread or another one; gives up after seconds, and may be called again.
   */
  default void reloadTaken(Collection<TableName> tables) throws InterruptedException {}

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
