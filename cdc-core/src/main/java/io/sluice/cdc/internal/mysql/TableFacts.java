package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.event.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of a table's structure. Equal facts mean an equal structure, as far as rows
 * are concerned.
 *
 * @param columns in their order; without those of functional indexes, which rows do not hold
 * @param key the columns that tell its rows apart, empty where none do
 * @param primary whether the key is the primary key
 * @param charset the character set of text columns to come, or null
 */
public record TableFacts(
    List<ColumnFacts> columns, List<String> key, boolean primary, @Nullable String charset) {
  /** Copies the lists. */
  public TableFacts {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /**
   * A column.
   *
   * @param type as {@code SHOW COLUMNS} prints it, e.g. {@code int unsigned}
   * @param charset its character set, or null where it has none
   * @param selfSet whether the server counts it up, or sets it at each update
   */
  public record ColumnFacts(
      String name, String type, boolean nullable, @Nullable String charset, boolean selfSet) {
    static ColumnFacts of(ResultSet row) throws SQLException {
      String extra = row.getString("EXTRA").toLowerCase(Locale.ROOT);
      return new ColumnFacts(
          row.getString("COLUMN_NAME"),
          row.getString("COLUMN_TYPE"),
          row.getString("IS_NULLABLE").equals("YES"),
          row.getString("CHARACTER_SET_NAME"),
          extra.contains("auto_increment") || extra.contains("on update"));
    }
  }

  /** Asks the server; a table that does not exist is absent. */
  public static Map<TableName, TableFacts> read(Connection connection, Set<TableName> tables)
      throws SQLException {
    Map<TableName, List<ColumnFacts>> columns = columns(connection, tables);
    Map<TableName, String> charsets = charsets(connection, tables);
    Map<TableName, TableKeys.Key> keys = new TableKeys(connection).of(columns.keySet());
    Map<TableName, TableFacts> facts = new LinkedHashMap<>();
    columns.forEach(
        (table, own) -> {
          TableKeys.Key key = keys.getOrDefault(table, TableKeys.NONE);
          facts.put(table, new TableFacts(own, key.columns(), key.primary(), charsets.get(table)));
        });
    return facts;
  }

  private static Map<TableName, List<ColumnFacts>> columns(
      Connection connection, Set<TableName> tables) throws SQLException {
    Map<TableName, List<ColumnFacts>> columns = new LinkedHashMap<>();
    Sql.query(
        connection,
        "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, CHARACTER_SET_NAME, EXTRA"
            + " FROM information_schema.COLUMNS WHERE "
            + Catalog.scope(tables)
            + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION",
        r -> {
          TableName table = new TableName(r.getString(1), r.getString(2));
          return tables.contains(table)
              && columns.computeIfAbsent(table, t -> new ArrayList<>()).add(ColumnFacts.of(r));
        },
        Catalog.parameters(tables));
    return columns;
  }

  private static Map<TableName, String> charsets(Connection connection, Set<TableName> tables)
      throws SQLException {
    Map<TableName, String> charsets = new HashMap<>();
    Sql.query(
        connection,
        "SELECT t.TABLE_SCHEMA, t.TABLE_NAME, c.CHARACTER_SET_NAME FROM information_schema.TABLES t"
            + " JOIN information_schema.COLLATIONS c ON c.COLLATION_NAME = t.TABLE_COLLATION WHERE "
            + Catalog.scope(tables),
        r -> charsets.put(new TableName(r.getString(1), r.getString(2)), r.getString(3)),
        Catalog.parameters(tables));
    return charsets;
  }
}
