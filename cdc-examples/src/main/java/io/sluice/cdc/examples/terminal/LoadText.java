package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.LoadProgress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers of a full load in few characters. */
final class LoadText {
  private LoadText() {}

  /** On average since the load began. */
  static long rowsPerSecond(LoadProgress load) {
    return load.rows() * 1000 / Math.max(1, load.elapsed().toMillis());
  }

  /** {@code , 1m30s left}, or nothing while that cannot be known. */
  static String left(LoadProgress load) {
    @Nullable Duration left = load.timeLeft();
    if (left == null) {
      return "";
    }
    long seconds = left.toSeconds();
    if (seconds >= 3600) {
      return String.format(Locale.ROOT, ", %dh%02dm left", seconds / 3600, seconds % 3600 / 60);
    }
    return seconds >= 60
        ? String.format(Locale.ROOT, ", %dm%02ds left", seconds / 60, seconds % 60)
        : ", " + seconds + "s left";
  }

  /** At most six characters. */
  static String count(long n) {
    if (n < 100_000) {
      return Long.toString(n);
    }
    if (n < 10_000_000) {
      return n / 1000 + "k";
    }
    return n < 10_000_000_000L ? n / 1_000_000 + "M" : n / 1_000_000_000 + "G";
  }

  static String size(long bytes) {
    if (bytes < 10L << 20) {
      return (bytes >> 10) + " KiB";
    }
    return bytes < 10L << 30 ? (bytes >> 20) + " MiB" : (bytes >> 30) + " GiB";
  }
}
