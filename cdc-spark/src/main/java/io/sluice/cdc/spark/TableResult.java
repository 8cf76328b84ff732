package io.sluice.cdc.spark;

import io.sluice.cdc.event.TableName;
import java.time.Duration;
import java.util.Locale;

/**
 * What a run did to one table.
 *
 * @param table the table in MySQL
 * @param name what it is called in the lake, the catalogue first
 * @param way how it was written
 * @param rebuilt whether it was made from its beginning though it was there
 * @param loaded rows of full loads that were merged
 * @param inserted inserts that were merged
 * @param updated updates that were merged
 * @param deleted deletes that were merged
 * @param emptied whether it was emptied in between; what came before is not counted
 * @param from the commit up to which it was merged before, 0 for none
 * @param through the commit up to which it is merged now
 * @param took how long it took
 */
public record TableResult(
    TableName table,
    String name,
    Way way,
    boolean rebuilt,
    long loaded,
    long inserted,
    long updated,
    long deleted,
    boolean emptied,
    long from,
    long through,
    Duration took) {

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

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s -> %s: %s%s, %d loaded, %d inserted, %d updated, %d deleted%s, commits %d to %d, %.1f s",
        table,
        name,
        way.name().toLowerCase(Locale.ROOT),
        rebuilt ? " (rebuilt)" : "",
        loaded,
        inserted,
        updated,
        deleted,
        emptied ? ", emptied before" : "",
        from,
        through,
        took.toMillis() / 1000.0);
  }
}
