package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.LoggedCommit;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the log adds up to for one table: its structures, and which of its files hold nothing but
 * rows that do not count any more. Not thread-safe.
 */
final class TableHistory {
  private final TableName table;
  private final TreeMap<Integer, TableSchema> structures = new TreeMap<>();
  private FileSet dead = new FileSet();
  private long deadThrough;
  private @Nullable FileSet left;
  private long leftThrough;
  private FileSet current = new FileSet();
  private @Nullable LocalDate firstDay;

  TableHistory(TableName table) {
    this.table = table;
  }

  /** A structure that the log tells. */
  void add(LoggedCommit.Structure structure) {
    structures.put(structure.version(), structure.schema());
  }

  /** A file that the log tells. */
  void add(LoggedCommit.File file) {
    current.add(file);
    firstDay = firstDay == null || file.day().isBefore(firstDay) ? file.day() : firstDay;
  }

  /**
   * The pipeline forgot the table. That alone does not say that its rows do not count: should it
   * have left the included tables, they stay the last that is known.
   */
  void forgotten(long commit) {
    left = left == null ? current : left.and(current);
    leftThrough = commit;
    current = new FileSet();
  }

  /** The table has rows of a new load, which begins with a row {@code t}. */
  void loaded() {
    FileSet before = left;
    if (before != null) {
      dead = dead.and(before);
      deadThrough = leftThrough;
      left = null;
    }
  }

  TableName table() {
    return table;
  }

  boolean hasStructure() {
    return !structures.isEmpty();
  }

  /** The present structure. */
  TableSchema latest() {
    return structures.lastEntry().getValue();
  }

  /** The number of the present structure. */
  int latestVersion() {
    return structures.lastKey();
  }

  boolean hasFiles() {
    return firstDay != null;
  }

  /** The earliest day of a file. */
  LocalDate firstDay() {
    return firstDay == null ? LocalDate.EPOCH : firstDay;
  }

  /** The files of commits up to this one hold no row that counts; 0 when none is known to be so. */
  long deadThrough() {
    return deadThrough;
  }

  /** The files that hold no row that counts. */
  FileSet dead() {
    return dead;
  }

  /** The files that may hold rows that count. */
  FileSet live() {
    FileSet before = left;
    return before == null ? current : before.and(current);
  }

  /** Whether files have structures that the log does not tell any more. */
  boolean hasUnknownStructures() {
    return !structures.keySet().containsAll(dead.versions())
        || !structures.keySet().containsAll(live().versions());
  }

  /** Every type in which files of these versions carry a column. */
  Set<ColumnType> types(FileSet files, String column) {
    Set<ColumnType> types = new LinkedHashSet<>();
    for (int version : files.versions()) {
      TableSchema schema = structures.get(version);
      if (schema != null) {
        schema.columns().stream()
            .filter(c -> c.name().equalsIgnoreCase(column))
            .forEach(c -> types.add(c.type()));
      }
    }
    return types;
  }
}
