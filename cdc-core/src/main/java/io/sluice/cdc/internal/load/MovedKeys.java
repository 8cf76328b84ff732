package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.TableIndexes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds tables whose keys compare otherwise than when parts of them were loaded: with another
 * collation, type or key, the bounds of those parts enclose other rows.
 */
public final class MovedKeys {
  private MovedKeys() {}

  /**
   * Asks the server.
   *
   * @param schemas the structures of the included tables as they are now
   * @return for each such table what has changed, in words
   */
  public static Map<TableName, String> of(
      Connection connection, LoadState state, Collection<TableSchema> schemas) throws SQLException {
    Map<TableName, String> moved = new TreeMap<>();
    List<TableSchema> bounded =
        schemas.stream().filter(s -> orderOf(state, s).length() > 0).toList();
    if (bounded.isEmpty()) {
      return moved;
    }
    Keys keys = new Keys(TableIndexes.read(connection, bounded));
    for (TableSchema schema : bounded) {
      String was = orderOf(state, schema);
      String is = keys.order(schema);
      if (!is.equals(was)) {
        moved.put(schema.table(), "its key was " + was + " and is " + is);
      }
    }
    return moved;
  }

  private static String orderOf(LoadState state, TableSchema schema) {
    TableLoad load = state.table(schema.table());
    return load == null || load.keyOrder() == null ? "" : load.keyOrder();
  }
}
