package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.event.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How large tables are by the server's statistics, which may be off by half.
 *
 * @param rows rows
 * @param bytes bytes of the rows, without indexes
 */
public record TableSizes(long rows, long bytes) {
  /** Nothing is known. */
  public static final TableSizes UNKNOWN = new TableSizes(0, 0);

  private static final int UNKNOWN_VARIABLE = 1193;

  /** The sizes of these tables as they are now; a table that does not exist is absent. */
  public static Map<TableName, TableSizes> read(Connection connection, Set<TableName> tables)
      throws SQLException {
    try {
      Sql.run(connection, "SET SESSION information_schema_stats_expiry = 0");
    } catch (SQLException e) {
      if (e.getErrorCode() != UNKNOWN_VARIABLE) {
        throw e;
      }
    }
    Map<TableName, TableSizes> sizes = new HashMap<>();
    Sql.query(
        connection,
        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS, DATA_LENGTH FROM information_schema.TABLES WHERE "
            + Catalog.scope(tables),
        r ->
            sizes.put(
                new TableName(r.getString(1), r.getString(2)),
                new TableSizes(r.getLong(3), r.getLong(4))),
        Catalog.parameters(tables));
    sizes.keySet().retainAll(tables);
    return sizes;
  }
}
