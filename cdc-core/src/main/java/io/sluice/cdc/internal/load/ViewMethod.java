package io.sluice.cdc.internal.load;

/** How several connections come to see the same moment. */
public enum ViewMethod {
  /** {@code FLUSH TABLES WITH READ LOCK} for milliseconds. */
  GLOBAL_LOCK,
  /** {@code LOCK TABLES … READ} for milliseconds. */
  TABLE_LOCKS,
  /** No lock: repeated until nothing was committed while the snapshots opened. */
  QUIET_MOMENT
}
