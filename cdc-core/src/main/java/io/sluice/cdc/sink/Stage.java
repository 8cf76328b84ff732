package io.sluice.cdc.sink;

import io.sluice.cdc.event.RowBatch;

/** Rows on their way, invisible to readers. Used by one thread at a time. */
public interface Stage {
  /**
   * Takes the rows. Blocks while the sink is behind. The batch must not be changed afterwards.
   *
   * @param rows of one table; rows of one table arrive in order of their sequence
   */
  void write(RowBatch rows) throws InterruptedException;

  /** Makes sure that every row is stored under the temporary prefix; {@link #write} is over. */
  void finish() throws InterruptedException;

  /** Rows written so far. */
  long rows();

  /** Encoded bytes so far, approximately until {@link #finish}. */
  long bytes();

  /** What was written never happened. May be called twice, and after a failure. */
  void discard();
}
