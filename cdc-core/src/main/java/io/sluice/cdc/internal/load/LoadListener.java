package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.TableName;
import java.time.Duration;

/** Is told what a full load does. Calls come from several threads and must return quickly. */
public interface LoadListener {
  /** Hears nothing. */
  LoadListener NONE = new LoadListener() {};

  /**
   * A view was taken.
   *
   * @param method how writers were kept out
   * @param writersBlocked from asking for the lock to giving it back; zero without a lock
   */
  default void viewTaken(LoadView view, ViewMethod method, Duration writersBlocked) {}

  /** Rows were handed over; see {@link FullLoad#progress()}. */
  default void rowsRead(TableName table, long rows, long bytes) {}

  /** Every row of the table is committed. */
  default void tableDone(TableName table) {}

  /**
   * The load will outlive the binlog unless something is done; told once.
   *
   * @param kept how long the server keeps its binlog
   * @param predicted how long the load will take at the speed so far
   */
  default void retentionAtRisk(Duration kept, Duration predicted) {}

  /**
   * Zero or invalid dates became NULL.
   *
   * @param count how many more in this column
   */
  default void zeroDates(TableName table, String column, long count) {}
}
