package io.sluice.cdc.spark.internal.lake;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.jspecify.annotations.Nullable;

/**
 * Up to which commit a table is merged. The number is in the snapshot that the commit led to, so
 * that it follows the table when it is rolled back; and in the table's properties, where it
 * outlives the snapshot. Both are written in one step with the rows.
 */
final class Marks {
  static final String PIPELINE = "sluice.pipeline";
  static final String COMMIT = "sluice.commit";
  private static final String SNAPSHOT_COMMIT = "sluice.snapshot-commit";
  private static final String SEQUENCE = "sluice.sequence-number";

  private Marks() {}

  /** What goes into the summary of a snapshot. */
  static Map<String, String> summary(String pipeline, long commit) {
    return Map.of(PIPELINE, pipeline, COMMIT, Long.toString(commit));
  }

  /**
   * Adds the properties.
   *
   * @param table the table with the new snapshot, if there is one
   */
  static void set(Table table, UpdateProperties properties, long commit) {
    Snapshot snapshot = table.currentSnapshot();
    properties.set(COMMIT, Long.toString(commit));
    properties.set(
        SNAPSHOT_COMMIT, Long.toString(inSnapshots(table).orElse(number(table, SNAPSHOT_COMMIT))));
    properties.set(SEQUENCE, Long.toString(snapshot == null ? 0 : snapshot.sequenceNumber()));
  }

  /**
   * The commit up to which the table's present rows are merged; nothing when they cannot be
   * trusted, because the table was rolled back to a state of which nothing is known.
   */
  static Optional<Long> read(Table table) {
    Optional<Long> found = inSnapshots(table);
    long told = number(table, COMMIT);
    if (found.isPresent()) {
      return Optional.of(found.get() == number(table, SNAPSHOT_COMMIT) ? told : found.get());
    }
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return number(table, SNAPSHOT_COMMIT) == 0 ? Optional.of(told) : Optional.empty();
    }
    boolean rolledBack = snapshot.sequenceNumber() < number(table, SEQUENCE);
    return rolledBack || !endIsExpired(table) ? Optional.empty() : Optional.of(told);
  }

  /**
   * The number in the nearest snapshot that has one; those of compaction and the like have none.
   */
  private static Optional<Long> inSnapshots(Table table) {
    for (Snapshot s = table.currentSnapshot(); s != null; s = parent(table, s)) {
      String commit = s.summary().get(COMMIT);
      if (commit != null) {
        return Optional.of(Long.parseLong(commit));
      }
    }
    return Optional.empty();
  }

  private static boolean endIsExpired(Table table) {
    Snapshot last = table.currentSnapshot();
    for (Snapshot s = last; s != null; s = parent(table, s)) {
      last = s;
    }
    return last != null && last.parentId() != null;
  }

  private static @Nullable Snapshot parent(Table table, Snapshot snapshot) {
    Long id = snapshot.parentId();
    return id == null ? null : table.snapshot(id);
  }

  private static long number(Table table, String property) {
    return Long.parseLong(table.properties().getOrDefault(property, "0"));
  }
}
