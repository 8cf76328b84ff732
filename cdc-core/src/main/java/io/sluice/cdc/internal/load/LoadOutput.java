package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.SourcePosition;

/** Where a full load puts its rows. Thread-safe: every reader begins units of its own. */
public interface LoadOutput {
  /**
   * Numbers a view that has just been taken.
   *
   * @param position what the view contains
   * @param takenMicros when it was taken by the server's clock
   */
  LoadView newView(SourcePosition position, long takenMicros);

  /** A new, empty unit: rows that are committed together. */
  LoadUnit begin();
}
