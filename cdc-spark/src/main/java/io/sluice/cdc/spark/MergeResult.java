package io.sluice.cdc.spark;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a run did.
 *
 * @param pipeline the pipeline's id
 * @param from the commit after which the log was read; 0 when it was read from its beginning
 * @param through the last commit that was merged
 * @param tables the tables of which the log told something
 * @param took how long it took
 */
public record MergeResult(
    String pipeline, long from, long through, List<TableResult> tables, Duration took) {
  /** Copies the list. */
  public MergeResult {
    tables = List.copyOf(tables);
  }

  /** A line for each table, and one for all. */
  @Override
  public String toString() {
    return tables.stream().map(t -> t + "\n").collect(Collectors.joining())
        + String.format(
            Locale.ROOT,
            "Pipeline %s is merged through commit %d (log read from %d): %d tables, %.1f s",
            pipeline,
            through,
            from,
            tables.size(),
            took.toMillis() / 1000.0);
  }
}
