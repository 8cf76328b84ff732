package io.sluice.cdc.s3;

import io.sluice.cdc.config.Problems;
import io.sluice.cdc.event.TableName;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What {@link S3Sink#compact} is to do. Immutable.
 *
 * @param targetBytes about how large files become, 1 MiB to 512 MiB; a file of less than half is
 *     small
 * @param minFiles so many small files of one table, day, kind and structure are worth it; at least
 *     2
 * @param olderThan how long a day (UTC) must be over
 * @param keep how long replaced files stay after the new one can be read
 * @param tables which tables
 * @param clock by which days and times are judged
 */
public record Compaction(
    long targetBytes,
    int minFiles,
    Duration olderThan,
    Duration keep,
    Predicate<TableName> tables,
    Clock clock) {
  /** What engines read best: few requests, and still many readers at once. */
  public static final long DEFAULT_TARGET_BYTES = 256L << 20;

  /** Fewer are not worth writing them again. */
  public static final int DEFAULT_MIN_FILES = 4;

  /** A pipeline that is behind still adds files to a day that is over. */
  public static final Duration DEFAULT_OLDER_THAN = Duration.ofDays(1);

  /** Longer than any query runs that has listed the old files. */
  public static final Duration DEFAULT_KEEP = Duration.ofDays(1);

  /** All tables by the defaults. */
  public static final Compaction DEFAULT =
      new Compaction(
          DEFAULT_TARGET_BYTES,
          DEFAULT_MIN_FILES,
          DEFAULT_OLDER_THAN,
          DEFAULT_KEEP,
          table -> true,
          Clock.systemUTC());

  /** With another target size. */
  public Compaction withTargetBytes(long bytes) {
    return new Compaction(bytes, minFiles, olderThan, keep, tables, clock);
  }

  /** With another number of files that is worth it. */
  public Compaction withMinFiles(int files) {
    return new Compaction(targetBytes, files, olderThan, keep, tables, clock);
  }

  /** For days that have been over for that long. */
  public Compaction withOlderThan(Duration duration) {
    return new Compaction(targetBytes, minFiles, duration, keep, tables, clock);
  }

  /** With another time for which replaced files stay. */
  public Compaction withKeep(Duration duration) {
    return new Compaction(targetBytes, minFiles, olderThan, duration, tables, clock);
  }

  /** For some tables. */
  public Compaction withTables(Predicate<TableName> wanted) {
    return new Compaction(targetBytes, minFiles, olderThan, keep, wanted, clock);
  }

  /** By another clock. */
  public Compaction withClock(Clock other) {
    return new Compaction(targetBytes, minFiles, olderThan, keep, tables, other);
  }

  /** Adds what is out of range to the problems. */
  public void check(Problems problems) {
    problems.range("targetBytes", targetBytes, 1L << 20, 512L << 20);
    problems.range("minFiles", minFiles, 2, 1_000_000);
    problems.range("olderThan (s)", olderThan.toSeconds(), 0, 315_360_000);
    problems.range("keep (s)", keep.toSeconds(), 0, 315_360_000);
  }
}
