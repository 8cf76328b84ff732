package io.sluice.cdc.status;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the full load is.
 *
 * @param tables every table of this load; what earlier starts have loaded counts neither as read
 *     nor as to be read
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

  /** Bytes of values read in this process. */
  public long bytes() {
    return tables.stream().mapToLong(TableProgress::bytes).sum();
  }

  /** Bytes in all by estimate, never less than what was read. */
  public long estimatedBytes() {
    return tables.stream()
        .mapToLong(t -> t.done() ? t.bytes() : Math.max(t.bytes(), t.estimatedBytes()))
        .sum();
  }

  /** How long the rest takes at the speed so far; null before the first row. */
  public @Nullable Duration timeLeft() {
    long read = rows();
    if (read == 0) {
      return null;
    }
    double rest = (double) (estimatedRows() - read) / read;
    return Duration.ofMillis(Math.round(elapsed.toMillis() * rest));
  }

  /** Whether every table is complete. */
  public boolean done() {
    return tables.stream().allMatch(TableProgress::done);
  }
}
