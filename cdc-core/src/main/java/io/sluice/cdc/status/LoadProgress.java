package io.sluice.cdc.status;

import java.time.Duration;
import java.util.List;

/**
 * How far the full load is.
 *
 * @param tables every table of this load
 * @param elapsed since it began in this process
 * @param writersBlocked how long writers were kept waiting while views were taken
 */
public record LoadProgress(List<TableProgress> tables, Duration elapsed, Duration writersBlocked) {
  /** Before any load. */
  public static final LoadProgress NONE = new LoadProgress(List.of(), Duration.ZERO, Duration.ZERO);

  /** Copies the list. */
  public LoadProgress {
    tables = List.copyOf(tables);
  }

  /** Rows read in this process. */
  public long rows() {
    return tables.stream().mapToLong(TableProgress::rows).sum();
  }

  /** Rows in all by estimate, never less than what was read. */
  public long estimatedRows() {
    return tables.stream()
        .mapToLong(t -> t.done() ? t.rows() : Math.max(t.rows(), t.estimatedRows()))
        .sum();
  }

  /** Whether every table is complete. */
  public boolean done() {
    return tables.stream().allMatch(TableProgress::done);
  }
}
