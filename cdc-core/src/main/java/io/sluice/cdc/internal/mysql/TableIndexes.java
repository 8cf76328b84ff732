package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The indexes that hold the keys of tables, and the character sets of their columns.
 *
 * @param names the name of an index over exactly the columns of the table's key, whole and in
 *     order; absent where there is none
 * @param characters character set and collation of every column that has one, by its name
 */
public record TableIndexes(
    Map<TableName, String> names, Map<TableName, Map<String, Characters>> characters) {

  /**
   * How a text column compares.
   *
   * @param charset the character set
   * @param collation the collation
   */
  public record Characters(String charset, String collation) {
    /** Of a column that is no text. */
    public static final Characters NONE = new Characters("", "");
  }

  /** Asks the server. */
  public static TableIndexes read(Connection connection, List<TableSchema> schemas)
      throws SQLException {
    Map<TableName, List<String>> keys = new LinkedHashMap<>();
    schemas.forEach(s -> keys.put(s.table(), s.key()));
    Map<TableName, String> names = new HashMap<>();
    columns(connection, keys.keySet())
        .forEach(
            (table, indexes) ->
                indexes.forEach(
                    (index, columns) -> {
                      if (columns.equals(keys.get(table))) {
                        names.merge(table, index, (a, b) -> a.equals("PRIMARY") ? a : b);
                      }
                    }));
    return new TableIndexes(names, characters(connection, keys.keySet()));
  }

  private static Map<TableName, Map<String, List<String>>> columns(
      Connection connection, Set<TableName> tables) throws SQLException {
    Map<TableName, Map<String, List<String>>> indexes = new HashMap<>();
    Sql.query(
        connection,
        "SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS"
            + " WHERE NON_UNIQUE = 0 AND "
            + Catalog.scope(tables)
            + " ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX",
        r -> {
          TableName table = new TableName(r.getString(1), r.getString(2));
          // A prefix or an expression makes the list different from every key.
          String column = r.getString(5) == null ? String.valueOf(r.getString(4)) : "";
          return tables.contains(table)
              && indexes
                  .computeIfAbsent(table, t -> new LinkedHashMap<>())
                  .computeIfAbsent(r.getString(3), i -> new ArrayList<>())
                  .add(column);
        },
        Catalog.parameters(tables));
    return indexes;
  }

  private static Map<TableName, Map<String, Characters>> characters(
      Connection connection, Set<TableName> tables) throws SQLException {
    Map<TableName, Map<String, Characters>> characters = new HashMap<>();
    Sql.query(
        connection,
        "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, CHARACTER_SET_NAME, COLLATION_NAME"
            + " FROM information_schema.COLUMNS WHERE CHARACTER_SET_NAME IS NOT NULL AND "
            + Catalog.scope(tables),
        r -> {
          TableName table = new TableName(r.getString(1), r.getString(2));
          return tables.contains(table)
              && characters
                      .computeIfAbsent(table, t -> new HashMap<>())
                      .put(r.getString(3), new Characters(r.getString(4), r.getString(5)))
                  == null;
        },
        Catalog.parameters(tables));
    return characters;
  }

  /** How a column of a key compares. */
  public Characters characters(TableName table, String column) {
    return characters.getOrDefault(table, Map.of()).getOrDefault(column, Characters.NONE);
  }
}
