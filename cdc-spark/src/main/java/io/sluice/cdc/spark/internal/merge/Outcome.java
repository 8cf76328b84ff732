package io.sluice.cdc.spark.internal.merge;

import io.sluice.cdc.spark.internal.rows.Counts;

/**
 * What happened to one table.
 *
 * @param way how
 * @param counts rows of the log that were merged
 * @param from the commit up to which it was merged before
 * @param through the commit up to which it is merged now
 * @param rebuilt whether it was made from its beginning though it was there
 */
public record Outcome(Way way, Counts counts, long from, long through, boolean rebuilt) {

  /** How a table was written. */
  public enum Way {
    /** Nothing was new. */
    NOTHING,
    /** Only its columns changed, or nothing but its number. */
    STRUCTURE,
    /** Rows were added as they are. */
    APPENDED,
    /** It was written as a whole. */
    REPLACED,
    /** Changes were merged into it. */
    MERGED
  }
}
