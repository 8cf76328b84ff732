package io.sluice.cdc.internal.batch;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What statements did to tables since the last cut: structures, tables that came or went, and those
 * that have to be loaded again. Guarded like the {@link Batcher} that owns it.
 */
final class TableNews {
  /** Statements that make tables be loaded again often come several together. */
  private static final long RELOAD_DELAY_NANOS = 500_000_000;

  private final List<TableSchema> structures = new ArrayList<>();
  private final Set<TableName> created = new LinkedHashSet<>();
  private final Set<TableName> dropped = new LinkedHashSet<>();
  private final Map<TableName, String> reload = new LinkedHashMap<>();
  private long reloadSinceNanos;

  void structure(TableSchema schema) {
    structures.add(schema);
  }

  void created(TableName table) {
    created.add(table);
    dropped.remove(table);
    reload.remove(table);
  }

  void dropped(TableName table) {
    dropped.add(table);
    created.remove(table);
    reload.remove(table);
  }

  /** The stream has not shown all rows of the table. */
  void reload(TableName table, String reason) {
    if (reload.isEmpty()) {
      reloadSinceNanos = System.nanoTime();
    }
    reload.put(table, reason);
    created.remove(table);
    dropped.remove(table);
  }

  /** Somebody asked for it; whether the table is there is not known here. */
  void reloadOnRequest(TableName table) {
    reload.put(table, "on request");
  }

  boolean isReloadDue() {
    return !reload.isEmpty() && System.nanoTime() - reloadSinceNanos >= RELOAD_DELAY_NANOS;
  }

  List<TableSchema> structures() {
    return List.copyOf(structures);
  }

  List<TableName> created() {
    return List.copyOf(created);
  }

  List<TableName> dropped() {
    return List.copyOf(dropped);
  }

  Map<TableName, String> reload() {
    return Map.copyOf(reload);
  }

  /** It has been told. */
  void clear() {
    structures.clear();
    created.clear();
    dropped.clear();
    reload.clear();
  }
}
