package io.sluice.cdc.event;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of full loads: the views that still matter and every table that is
 * known. Immutable.
 *
 * @param views the views that a change must still be compared with, oldest first
 * @param tables every table that has been loaded, is being loaded, or was born in the stream
 */
public record LoadState(List<LoadView> views, List<TableLoad> tables) {
  /** Nothing loaded yet. */
  public static final LoadState EMPTY = new LoadState(List.of(), List.of());

  /** Copies the lists. */
  public LoadState {
    views = List.copyOf(views);
    tables = List.copyOf(tables);
  }

  /** The progress of a table, or null when the table is not known. */
  public @Nullable TableLoad table(TableName table) {
    return tables.stream().filter(t -> t.table().equals(table)).findFirst().orElse(null);
  }

  /** This state after a commit that carried the change. */
  public LoadState with(LoadChange change) {
    Map<TableName, TableLoad> next = byName(tables);
    change.forgotten().forEach(next::remove);
    next.putAll(byName(change.tables()));
    Map<Integer, LoadView> nextViews = new TreeMap<>();
    views.forEach(v -> nextViews.put(v.number(), v));
    change.passedViews().forEach(nextViews::remove);
    change.newViews().forEach(v -> nextViews.put(v.number(), v));
    return new LoadState(List.copyOf(nextViews.values()), List.copyOf(next.values()));
  }

  private static Map<TableName, TableLoad> byName(Collection<TableLoad> loads) {
    return loads.stream()
        .collect(Collectors.toMap(TableLoad::table, t -> t, (a, b) -> b, LinkedHashMap::new));
  }
}
