package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.config.ByteSize;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import java.util.Locale;

/** A pipeline's status in one line. */
final class StatusText {
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

  private static String loading(LoadProgress load, long rowsPerSecond) {
    long done = load.tables().stream().filter(t -> t.done()).count();
    return String.format(
        Locale.ROOT,
        "loading: %,d of about %,d rows, %,d rows/s, %d of %d tables done",
        load.rows(),
        load.estimatedRows(),
        rowsPerSecond,
        done,
        load.tables().size());
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
