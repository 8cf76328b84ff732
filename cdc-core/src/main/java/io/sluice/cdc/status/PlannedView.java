package io.sluice.cdc.status;

/**
 * How the connections of a load will come to see one moment.
 *
 * @param method the way
 * @param reason why this one
 */
public record PlannedView(Method method, String reason) {
  /** The ways. */
  public enum Method {
    /** {@code FLUSH TABLES WITH READ LOCK} for milliseconds. */
    GLOBAL_LOCK,
    /** {@code LOCK TABLES … READ} for milliseconds. */
    TABLE_LOCKS,
    /** No lock: repeated until nothing was committed while the snapshots opened. */
    QUIET_MOMENT
  }
}
