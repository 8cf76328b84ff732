package io.sluice.cdc.internal.transform;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which structures the tables left so far. Rows bring theirs with them; a commit tells all of
 * its structures after the rows, among them those without any, while rows of the next batch may be
 * ahead already. Not thread-safe.
 */
final class Departures {
  private final Map<TableName, Departure> latest = new HashMap<>();
  private final Map<TableName, Departure> told = new HashMap<>();

  /**
   * A structure that left.
   *
   * @param source as MySQL has it; null where only the log is known
   * @param target as it left
   */
  private record Departure(@Nullable TableSchema source, TableSchema target) {}

  /** Makes a structure that may leave. */
  interface Maker {
    TableSchema make(TableSchema source, @Nullable TableSchema before);
  }

  /** What the log holds. */
  void known(TableSchema target) {
    Departure departure = new Departure(null, target);
    latest.put(target.table(), departure);
    told.put(target.table(), departure);
  }

  /** A structure of rows is left with now. */
  TableSchema rows(TableSchema source, Maker maker) {
    TableSchema target = maker.make(source, latest(source.table()));
    Departure departure = new Departure(source, target);
    latest.put(source.table(), departure);
    told.putIfAbsent(source.table(), departure);
    return target;
  }

  /** Structures in the order in which they came. */
  List<TableSchema> told(List<TableSchema> sources, Maker maker) {
    Map<TableName, Departure> ends = new LinkedHashMap<>();
    List<TableSchema> targets =
        sources.stream()
            .map(
                source -> {
                  Departure before = ends.get(source.table());
                  before = before == null ? told.get(source.table()) : before;
                  TableSchema target = maker.make(source, before == null ? null : before.target());
                  ends.put(source.table(), new Departure(source, target));
                  return target;
                })
            .toList();
    ends.forEach((table, end) -> end(table, end, sources));
    return targets;
  }

  private void end(TableName table, Departure end, List<TableSchema> sources) {
    Departure now = latest.get(table);
    boolean ahead = now != null && !now.equals(told.get(table)) && !sources.contains(now.source());
    if (!ahead) {
      latest.put(table, end);
    }
    told.put(table, end);
  }

  /** The latest structure of a table as it left, or null. */
  @Nullable TableSchema latest(TableName table) {
    Departure departure = latest.get(table);
    return departure == null ? null : departure.target();
  }

  /** The latest structure of every table as it left. */
  Collection<TableSchema> latest() {
    return latest.values().stream().map(Departure::target).toList();
  }

  /** MySQL's structures that rows may still come in. */
  Set<TableSchema> sources() {
    Set<TableSchema> sources = new HashSet<>();
    for (Map<TableName, Departure> some : List.of(latest, told)) {
      some.values().stream().map(Departure::source).filter(Objects::nonNull).forEach(sources::add);
    }
    return sources;
  }
}
