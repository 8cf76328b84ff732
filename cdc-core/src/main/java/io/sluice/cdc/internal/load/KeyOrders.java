package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.mysql.TableIndexes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The orders of the keys of tables, over one connection that is opened when it is needed first.
 * Used by one thread.
 */
final class KeyOrders implements AutoCloseable {
  private final MySqlConnections server;
  private final Map<TableName, KeyOrder> orders = new HashMap<>();
  private @Nullable Connection connection;

  KeyOrders(MySqlConnections server) {
    this.server = server;
  }

  KeyOrder of(TableSchema schema) {
    return orders.computeIfAbsent(schema.table(), t -> read(schema));
  }

  private KeyOrder read(TableSchema schema) {
    try {
      Keys keys = new Keys(TableIndexes.read(connection(), List.of(schema)));
      return new KeyOrder(keys.columns(schema), this::connection);
    } catch (SQLException e) {
      throw SourceFailures.during("reading the key of " + schema.table(), e);
    }
  }

  private Connection connection() {
    Connection open = connection;
    if (open == null) {
      open = server.open();
      connection = open;
    }
    return open;
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      QuietMoment.abort(List.of(open));
    }
  }
}
