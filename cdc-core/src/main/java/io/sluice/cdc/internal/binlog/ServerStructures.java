package io.sluice.cdc.internal.binlog;

import io.debezium.relational.Table;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.mysql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Takes the structures of tables from the server, together with a position at which they hold. */
final class ServerStructures {
  private static final int ATTEMPTS = 20;
  private static final int NO_SUCH_TABLE = 1146;
  private static final int NO_SUCH_DATABASE = 1049;

  private final LaneContext lane;
  private final LaneSchema schema;

  ServerStructures(LaneContext lane, LaneSchema schema) {
    this.lane = lane;
    this.schema = schema;
  }

  /** Makes these tables known as they are now; one that does not exist is left as it is. */
  void adopt(Set<TableName> fresh) {
    Set<TableName> tables = new HashSet<>(fresh);
    if (!lane.settings().loads()) {
      tables.removeIf(table -> schema.structure(table) != null);
    }
    if (tables.isEmpty()) {
      return;
    }
    try (Connection connection = new MySqlConnections(lane.source()).open()) {
      ServerFacts facts = ServerFacts.read(connection);
      Map<TableName, String> before = read(connection, tables);
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        SourcePosition position = facts.position(connection);
        Map<TableName, String> after = read(connection, tables);
        if (after.equals(before)) { // then it was so at the position between the two, too
          after.forEach((table, sql) -> learn(table, sql, position));
          return;
        }
        before = after;
      }
    } catch (SQLException e) {
      throw SourceFailures.during("reading structures", e);
    }
    throw new SourceException(
        "Tables are altered faster than their structures can be read: " + tables,
        "Start again when the server has less to do");
  }

  private static Map<TableName, String> read(Connection connection, Set<TableName> tables)
      throws SQLException {
    Map<TableName, String> statements = new HashMap<>();
    for (TableName table : tables) {
      try {
        Sql.query(
            connection,
            "SHOW CREATE TABLE " + table.quoted(),
            row -> statements.put(table, withoutCounter(row.getString(2))));
      } catch (SQLException e) {
        if (e.getErrorCode() != NO_SUCH_TABLE && e.getErrorCode() != NO_SUCH_DATABASE) {
          throw e;
        }
      }
    }
    return statements;
  }

  /** The counter moves with every row. */
  private static String withoutCounter(String sql) {
    return sql.replaceFirst(" AUTO_INCREMENT=\\d+", "");
  }

  private void learn(TableName table, String sql, SourcePosition position) {
    schema.forget(table);
    try {
      schema.apply(table.database(), sql);
    } catch (LaneSchema.NotParsed e) {
      throw new SourceException(
          "The structure of table " + table + " cannot be understood: " + sql,
          "Exclude the table with source.exclude, and report this",
          e);
    }
    Table structure = schema.structure(table);
    if (structure == null) {
      throw new SourceException(
          "The structure of table " + table + " cannot be understood: " + sql,
          "Exclude the table with source.exclude, and report this");
    }
    schema.register(structure);
    SourcePosition from = lane.settings().loads() ? position : null;
    boolean primary = DdlReader.makesPrimaryKey(sql);
    lane.history().put(new KnownTable(structure, from, primary, false, Set.of()));
  }
}
