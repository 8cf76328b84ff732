package io.sluice.cdc.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the full load of one table has come.
 *
 * @param table the table
 * @param done whether every row has been loaded (or the table was born in the stream and needs no
 *     load)
 * @param ranges what has been loaded, in key order, neighbours of one view merged; empty once the
 *     stream is past every view of a table that is done
 * @param rows rows loaded so far
 * @param bytes bytes of their values as MySQL sent them
 * @param keyOrder how the key compares, types and collations, by which the bounds of the ranges are
 *     to be understood; null where no range has a bound, and in states of older versions
 */
public record TableLoad(
    TableName table,
    boolean done,
    List<LoadedRange> ranges,
    long rows,
    long bytes,
    @Nullable String keyOrder) {
  /** Copies the list. */
  public TableLoad {
    ranges = List.copyOf(ranges);
  }

  /** Without bounds, or without knowing how they compare. */
  public TableLoad(TableName table, boolean done, List<LoadedRange> ranges, long rows, long bytes) {
    this(table, done, ranges, rows, bytes, null);
  }
}
