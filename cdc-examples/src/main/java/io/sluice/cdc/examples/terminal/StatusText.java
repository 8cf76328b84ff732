package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.config.ByteSize;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import io.sluice.cdc.status.TableProgress;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** A pipeline's status in one line. */
final class StatusText {
  private static final int MOST_TABLES = 4;

  private StatusText() {}

  /** The number of rows that a {@link Speed} should follow in this state. */
  static long rows(PipelineStatus status) {
    return status.state() == PipelineState.LOADING ? status.load().rows() : status.rows().total();
  }

  static String line(PipelineStatus status, long rowsPerSecond) {
    return switch (status.state()) {
      case LOADING -> loading(status.load(), rowsPerSecond);
      case STREAMING, STOPPING -> streaming(status, rowsPerSecond);
      default -> state(status);
    };
  }

  static String end(PipelineStatus status) {
    return String.format(
        Locale.ROOT,
        "%s: %,d rows loaded, %,d changes, %,d commits, %,d files, %s",
        state(status),
        status.rows().loads(),
        status.rows().changes(),
        status.commits(),
        status.files(),
        ByteSize.format(status.bytes()));
  }

  private static String state(PipelineStatus status) {
    return status.state().name().toLowerCase(Locale.ROOT);
  }

  static String loading(LoadProgress load, long rowsPerSecond) {
    long done = load.tables().stream().filter(t -> t.done()).count();
    return String.format(
        Locale.ROOT,
        "loading: %,d of about %,d rows, %s of about %s, %,d rows/s%s, %d of %d tables done%s",
        load.rows(),
        load.estimatedRows(),
        LoadText.size(load.bytes()),
        LoadText.size(load.estimatedBytes()),
        rowsPerSecond,
        LoadText.left(load),
        done,
        load.tables().size(),
        reading(load));
  }

  /** The largest tables that are being read, each with how far it is. */
  private static String reading(LoadProgress load) {
    String tables =
        load.tables().stream()
            .filter(t -> !t.done() && t.rows() > 0)
            .sorted(Comparator.comparingLong(TableProgress::estimatedBytes).reversed())
            .limit(MOST_TABLES)
            .map(
                t ->
                    String.format(
                        Locale.ROOT,
                        "%s %d %%",
                        t.table(),
                        100 * t.rows() / Math.max(1, Math.max(t.rows(), t.estimatedRows()))))
            .collect(Collectors.joining(", "));
    return tables.isEmpty() ? "" : "; " + tables;
  }

  private static String streaming(PipelineStatus status, long rowsPerSecond) {
    return String.format(
        Locale.ROOT,
        "%s: %,d rows/s, lag %.1f s, %,d commits, %,d changes in all",
        state(status),
        rowsPerSecond,
        status.lagMicros() / 1e6,
        status.commits(),
        status.rows().changes());
  }
}
