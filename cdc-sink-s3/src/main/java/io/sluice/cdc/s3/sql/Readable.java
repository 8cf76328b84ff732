package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table's present columns, and which of them an engine cannot read in all files as what they are
 * now.
 *
 * @param history what the log says
 * @param columns in the order of the table
 */
record Readable(TableHistory history, List<Col> columns) {

  /**
   * A column of the present structure.
   *
   * @param name as MySQL spells it
   * @param type how new files carry it
   * @param live other types, which the engine does not read as this one, in files whose rows may
   *     count
   * @param dead the same in files of which no row counts
   */
  record Col(String name, ColumnType type, Set<ColumnType> live, Set<ColumnType> dead) {
    boolean isMixed() {
      return !live.isEmpty() || !dead.isEmpty();
    }
  }

  static Readable of(TableHistory history, Dialect dialect) {
    return new Readable(
        history,
        history.latest().columns().stream().map(c -> column(c, history, dialect)).toList());
  }

  private static Col column(Column column, TableHistory history, Dialect dialect) {
    return new Col(
        column.name(),
        column.type(),
        unread(history.types(history.live(), column.name()), column.type(), dialect),
        unread(history.types(history.dead(), column.name()), column.type(), dialect));
  }

  private static Set<ColumnType> unread(Set<ColumnType> found, ColumnType type, Dialect dialect) {
    return found.stream()
        .filter(other -> !Widening.isSame(other, type) && !dialect.reads(other, type))
        .collect(Collectors.toSet());
  }

  TableSchema schema() {
    return history.latest();
  }

  boolean hasKey() {
    return !schema().key().isEmpty();
  }

  boolean hasColumn(String name) {
    return columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(name));
  }

  /** Columns that files carry otherwise of which rows may count. */
  List<Col> mixedLive() {
    return columns.stream().filter(c -> !c.live().isEmpty()).toList();
  }

  /** Whether files of which no row counts cannot be read as the table is now. */
  boolean hasUnreadableDead() {
    return columns.stream().anyMatch(c -> !c.dead().isEmpty());
  }

  /** For the comment above the statements. */
  String summary() {
    String key = hasKey() ? "key " + String.join(", ", schema().key()) : "no key";
    return "structure "
        + history.latestVersion()
        + ", "
        + key
        + (history.hasUnknownStructures()
            ? "; older files have structures that were removed from the log, nothing is known of their types"
            : "");
  }
}
