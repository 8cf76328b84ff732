package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.internal.mysql.BinlogFiles;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.status.LoadProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the binlog outlives the load: warns as soon as the predicted end lies too late,
 * and stops the load when the position from which the stream must start is gone. Thread-safe.
 */
final class RetentionWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionWatch.class);
  private static final double SAFE_PART = 0.8;

  private final Connection connection;
  private final @Nullable Duration kept;
  private final SourcePosition needed;
  private final Supplier<LoadProgress> progress;
  private final LoadListener listener;
  private final Duration pause;
  private long lastNanos;
  private boolean warned;

  /**
   * @param connection used by this object alone while it holds its lock
   * @param needed where the stream starts
   * @param pause how long to leave the server alone between two checks
   */
  RetentionWatch(
      Connection connection,
      SourcePosition needed,
      Supplier<LoadProgress> progress,
      LoadListener listener,
      Duration pause)
      throws SQLException {
    this.connection = connection;
    this.kept = ServerFacts.read(connection).retention();
    this.needed = needed;
    this.progress = progress;
    this.listener = listener;
    this.pause = pause;
    this.lastNanos = System.nanoTime();
  }

  /** Checks, unless it has done so a moment ago. */
  synchronized void check() {
    if (System.nanoTime() - lastNanos < pause.toNanos()) {
      return;
    }
    lastNanos = System.nanoTime();
    warnWhenTooSlow();
    try {
      BinlogFiles.checkHolds(connection, needed);
    } catch (SQLException e) {
      throw SourceFailures.during("looking for the start of the stream in the binlog", e);
    }
  }

  private void warnWhenTooSlow() {
    Duration limit = kept;
    Duration predicted = predicted(progress.get());
    if (limit == null || warned || predicted.toMillis() < limit.toMillis() * SAFE_PART) {
      return;
    }
    warned = true;
    LOG.warn(
        "The load will take about {} s but the server keeps its binlog only {} s: raise binlog_expire_logs_seconds, or"
            + " load fewer tables at once",
        predicted.toSeconds(),
        limit.toSeconds());
    listener.retentionAtRisk(limit, predicted);
  }

  /** How long the whole load takes at the speed so far. */
  static Duration predicted(LoadProgress progress) {
    long rows = Math.max(1, progress.rows());
    double factor = (double) Math.max(rows, progress.estimatedRows()) / rows;
    return Duration.ofMillis((long) (progress.elapsed().toMillis() * factor));
  }
}
