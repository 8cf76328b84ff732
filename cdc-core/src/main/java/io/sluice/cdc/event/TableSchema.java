package io.sluice.cdc.event;

import java.util.List;

/**
 * The structure of a table at one moment. Two schemas are the same structure when they are equal.
 *
 * @param table the table
 * @param columns in the order of the table; never empty
 * @param key the names of the primary key's columns in key order, or of the first unique key whose
 *     columns are all NOT NULL; empty for a table without either
 * @param dropped the names of columns that MySQL has and that are left out here on purpose
 */
public record TableSchema(
    TableName table, List<Column> columns, List<String> key, List<String> dropped) {
  /** Copies the lists. */
  public TableSchema {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    dropped = List.copyOf(dropped);
  }

  /** A structure with all of MySQL's columns. */
  public TableSchema(TableName table, List<Column> columns, List<String> key) {
    this(table, columns, key, List.of());
  }

  /**
   * The position of a column.
   *
   * @return its index, or -1 when there is none of this name
   */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }
}
