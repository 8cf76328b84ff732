package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.load.LoadForecast;
import io.sluice.cdc.sink.SinkLook;
import io.sluice.cdc.status.PlannedColumn;
import io.sluice.cdc.status.PlannedTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of every table how it stands and how it would be loaded. */
final class TablePlanner {
  private final PipelineConfig config;
  private final LoadState load;
  private final Set<TableName> seen = new HashSet<>();
  private final Set<TableName> requested = new HashSet<>();

  /**
   * @param anew tables that a start loads again although nobody asked for it
   */
  TablePlanner(PipelineConfig config, @Nullable SinkLook look, Set<TableName> anew) {
    this.config = config;
    this.load = look == null ? LoadState.EMPTY : look.state().load();
    requested.addAll(anew);
    if (look != null) {
      look.state().schemas().forEach(s -> seen.add(s.table()));
      requested.addAll(look.reloadRequests());
    }
  }

  List<PlannedTable> plan(List<TableSchema> schemas, Map<TableName, LoadForecast.Table> forecasts) {
    List<PlannedTable> tables = new ArrayList<>();
    for (TableSchema schema : schemas) {
      LoadForecast.Table forecast = forecasts.get(schema.table());
      if (forecast != null) {
        tables.add(plan(schema, forecast));
      }
    }
    load.tables().stream()
        .map(TableLoad::table)
        .filter(table -> !config.source().includes(table))
        .forEach(table -> tables.add(forgotten(table)));
    tables.sort(Comparator.comparing(PlannedTable::table));
    return tables;
  }

  private PlannedTable plan(TableSchema schema, LoadForecast.Table forecast) {
    PlannedTable.State state = state(schema.table());
    TableLoad known = load.table(schema.table());
    boolean kept = state == PlannedTable.State.PARTLY_LOADED || state == PlannedTable.State.LOADED;
    PlannedTable table =
        new PlannedTable(
            schema.table(),
            state,
            kept && known != null ? known.rows() : 0,
            forecast.size().rows(),
            forecast.size().bytes(),
            schema.key(),
            0,
            forecast.oneChunkBecause(),
            columns(schema));
    return table.toBeLoaded()
        ? withChunks(table, forecast.chunks(table.bytesToLoad(), config.load().chunkBytes()))
        : table;
  }

  private PlannedTable.State state(TableName table) {
    TableLoad known = load.table(table);
    if (config.load().mode() == LoadMode.NEVER) {
      return PlannedTable.State.ONLY_FOLLOWED;
    }
    if (known == null) {
      return seen.contains(table) ? PlannedTable.State.TO_BE_LOADED_AGAIN : PlannedTable.State.NEW;
    }
    if (requested.contains(table)) {
      return PlannedTable.State.TO_BE_LOADED_AGAIN;
    }
    return known.done() ? PlannedTable.State.LOADED : PlannedTable.State.PARTLY_LOADED;
  }

  private static PlannedTable withChunks(PlannedTable t, long chunks) {
    return new PlannedTable(
        t.table(),
        t.state(),
        t.loadedRows(),
        t.estimatedRows(),
        t.estimatedBytes(),
        t.key(),
        chunks,
        t.oneChunkBecause(),
        t.columns());
  }

  private static PlannedTable forgotten(TableName table) {
    return new PlannedTable(
        table, PlannedTable.State.TO_BE_FORGOTTEN, 0, 0, 0, List.of(), 0, null, List.of());
  }

  private List<PlannedColumn> columns(TableSchema schema) {
    List<PlannedColumn> columns = new ArrayList<>();
    for (Column column : schema.columns()) {
      Protection protection = config.protection().protection(schema.table(), column.name());
      boolean kept = protection == null || protection.action() == Protection.Action.KEEP;
      String note = kept ? note(column) : protection + " (columns)";
      if (note != null) {
        columns.add(new PlannedColumn(column.name(), column.mysqlType(), note));
      }
    }
    return columns;
  }

  /** What surprises somebody who knows the MySQL type; null when nothing does. */
  private @Nullable String note(Column column) {
    String type = column.mysqlType();
    LogicalType logical = column.type().logical();
    if (type.equals("bigint unsigned") || (type.startsWith("bit(64"))) {
      return "decimal(20,0)";
    }
    if (type.startsWith("decimal") && logical == LogicalType.TEXT) {
      return "text, because it has more than 38 digits";
    }
    return switch (logical) {
      case TIME -> "whole microseconds as int64, because TIME reaches beyond a day";
      case DATE, DATETIME, TIMESTAMP ->
          switch (config.types().zeroDates()) {
            case NULL -> column.nullable() ? null : "zero dates become NULL (types.zeroDates)";
            case FAIL -> "a zero date stops the pipeline (types.zeroDates)";
            case TEXT -> null;
          };
      case TEXT -> {
        boolean date = type.startsWith("date") || type.startsWith("timestamp");
        yield date && config.types().zeroDates() == ZeroDates.TEXT
            ? "text (types.zeroDates)"
            : type.equals("json") ? "text in one canonical form" : null;
      }
      default -> null;
    };
  }
}
