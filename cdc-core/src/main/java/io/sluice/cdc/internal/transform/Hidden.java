package io.sluice.cdc.internal.transform;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.TableSchema;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a structure that has left hides of its table. MySQL takes names of columns that differ in
 * case only for the same, and so does this.
 *
 * @param structure as it is in the log
 */
record Hidden(TableSchema structure) {

  /** Whether it has the column, in the files or not. */
  boolean knows(String column) {
    return names().anyMatch(column::equalsIgnoreCase);
  }

  /** Whether values of the column are not in the files as MySQL has them. */
  boolean hides(String column) {
    return hiddenNames().anyMatch(column::equalsIgnoreCase);
  }

  /**
   * Whether a column that is hidden is not in the other structure, perhaps because it has another
   * name there.
   */
  boolean hasLostIn(TableSchema now) {
    return lostIn(now).findAny().isPresent();
  }

  /** Whether a column of another table may be one of those that are not there under their names. */
  boolean mayBeLostOne(TableSchema now, Column column) {
    String family = family(column.mysqlType());
    return lostIn(now)
        .map(this::column)
        .anyMatch(lost -> lost == null || family(lost.mysqlType()).equals(family));
  }

  private Stream<String> lostIn(TableSchema now) {
    return hiddenNames()
        .filter(name -> now.columns().stream().noneMatch(c -> c.name().equalsIgnoreCase(name)));
  }

  /** Types into which values of a type are moved without much thought. */
  private static String family(String mysqlType) {
    if (mysqlType.matches("(.*char|.*text|enum|set|json).*")) {
      return "text";
    }
    if (mysqlType.matches("(date|time).*")) {
      return "time";
    }
    return mysqlType.matches("(.*int|decimal|float|double|bit|year).*") ? "number" : "other";
  }

  /** The column of this name in the files, or null. */
  @Nullable Column column(String name) {
    return structure.columns().stream()
        .filter(c -> c.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  /**
   * The structure of which another one may be a copy, or the same table under another name: one
   * that hides something and has more than half of its columns there, the one with most of them.
   */
  static Optional<Hidden> resembling(TableSchema table, Collection<TableSchema> known) {
    return known.stream()
        .filter(other -> !other.table().equals(table.table()))
        .map(Hidden::new)
        .filter(other -> other.hiddenNames().findAny().isPresent())
        .filter(other -> 2 * other.common(table) > other.names().count())
        .max(
            Comparator.<Hidden>comparingLong(other -> other.common(table))
                .thenComparing(other -> other.structure().table()));
  }

  private long common(TableSchema table) {
    return table.columns().stream().filter(c -> knows(c.name())).count();
  }

  private Stream<String> names() {
    return Stream.concat(
        structure.columns().stream().map(Column::name), structure.dropped().stream());
  }

  private Stream<String> hiddenNames() {
    return Stream.concat(
        structure.columns().stream().filter(c -> c.protection() != null).map(Column::name),
        structure.dropped().stream());
  }
}
