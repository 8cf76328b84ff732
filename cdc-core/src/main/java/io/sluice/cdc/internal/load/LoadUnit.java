package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.RowBatch;
import java.util.function.Function;

/**
 * Rows of one chunk, or of several small tables, that are committed together. Used by one thread.
 */
public interface LoadUnit {
  /** Takes the rows; the batch is not changed afterwards. Blocks while the sink is behind. */
  void write(RowBatch rows) throws InterruptedException;

  /**
   * Commits the rows and the progress.
   *
   * @param change called once, while no other commit can happen, with the state before this commit
   */
  void commit(Function<LoadState, LoadChange> change) throws InterruptedException;

  /** What was written never happened. May be called twice, and after a failure. */
  void discard();
}
