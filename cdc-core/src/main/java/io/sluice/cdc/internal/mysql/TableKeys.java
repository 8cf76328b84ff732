package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.event.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the columns that tell the rows of a table apart. */
final class TableKeys {
  /** Of a table whose rows nothing tells apart. */
  static final Key NONE = new Key(List.of(), false);

  private static final String PRIMARY = "PRIMARY";

  private final Connection connection;

  /** Columns that tell rows apart, and whether they are the primary key. */
  record Key(List<String> columns, boolean primary) {}

  TableKeys(Connection connection) {
    this.connection = connection;
  }

  /**
   * The primary key of each table, else its first unique index over whole NOT NULL columns; a table
   * without either is absent.
   */
  Map<TableName, Key> of(Set<TableName> tables) throws SQLException {
    Map<TableName, Key> keys = new HashMap<>();
    Set<TableName> others = new HashSet<>();
    String sql =
        "SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME FROM information_schema.STATISTICS"
            + " WHERE NON_UNIQUE = 0 AND "
            + Catalog.scope(tables)
            + " ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX";
    Sql.query(connection, sql, r -> primary(r, tables, keys, others), Catalog.parameters(tables));
    others.removeAll(keys.keySet());
    for (TableName table : others) {
      List<String> unique = firstUnique(table);
      if (!unique.isEmpty()) {
        keys.put(table, new Key(unique, false));
      }
    }
    return keys;
  }

  private static boolean primary(
      ResultSet row, Set<TableName> wanted, Map<TableName, Key> keys, Set<TableName> others)
      throws SQLException {
    TableName table = new TableName(row.getString(1), row.getString(2));
    if (!wanted.contains(table)) {
      return false;
    }
    if (row.getString(3).equals(PRIMARY)) {
      Key key = keys.computeIfAbsent(table, t -> new Key(new ArrayList<>(), true));
      return key.columns().add(row.getString(4));
    }
    return others.add(table);
  }

  /**
   * SHOW KEYS lists indexes in the order that InnoDB goes by when it chooses one to cluster rows
   * by.
   */
  private List<String> firstUnique(TableName table) throws SQLException {
    Map<String, List<String>> indexes = new LinkedHashMap<>();
    Set<String> unfit = new HashSet<>();
    Sql.query(
        connection,
        "SHOW KEYS FROM " + table.quoted() + " WHERE Non_unique = 0",
        r -> {
          String index = r.getString("Key_name");
          @Nullable String column = r.getString("Column_name");
          boolean whole = column != null && r.getString("Sub_part") == null;
          if (!whole || !r.getString("Null").isEmpty()) {
            return unfit.add(index);
          }
          return indexes.computeIfAbsent(index, i -> new ArrayList<>()).add(column);
        });
    indexes.keySet().removeAll(unfit);
    return indexes.isEmpty() ? List.of() : indexes.values().iterator().next();
  }
}
