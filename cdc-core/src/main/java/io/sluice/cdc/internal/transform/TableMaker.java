package io.sluice.cdc.internal.transform;

import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** Makes the structure that leaves, and how its rows come out of MySQL's. */
final class TableMaker {
  private TableMaker() {}

  /** A table that is gone meanwhile is known by what left of it only, and needs nothing more. */
  static boolean isOfTheLog(TableSchema table) {
    return !table.dropped().isEmpty()
        || table.columns().stream().anyMatch(c -> c.protection() != null);
  }

  /**
   * Asks what becomes of each column.
   *
   * @throws ConfigurationException when the rules do not fit the table
   */
  static TableProtection make(ProtectionConfig config, TableSchema table, ColumnChoice choice) {
    List<String> misfits = ColumnChoice.misfits(config, table);
    if (!misfits.isEmpty()) {
      throw new ConfigurationException(misfits);
    }
    List<TableProtection.Origin> origins = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      ColumnProtection protection = choice.of(column);
      if (protection == null) {
        dropped.add(column.name());
      } else {
        columns.add(protection.column());
        origins.add(new TableProtection.Origin(i, column, protection.change()));
      }
    }
    if (columns.isEmpty()) {
      throw new ConfigurationException(
          List.of("columns: the rules drop every column of " + table.table() + "; exclude it"));
    }
    TableSchema target = new TableSchema(table.table(), columns, table.key(), dropped);
    return new TableProtection(target, target.equals(table) ? List.of() : origins);
  }
}
