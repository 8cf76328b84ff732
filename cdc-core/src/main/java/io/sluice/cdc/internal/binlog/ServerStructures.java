package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.mysql.TableFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes the structures of tables from the server, together with a position at which they hold, into
 * the schema history. The engine has no part in it: before a load it need not even run.
 */
public final class ServerStructures {
  private static final int ATTEMPTS = 20;

  private final SourceConfig source;
  private final LaneHistory history;

  /**
   * @param source the server and its tables
   * @param committed the schema history so far
   */
  public ServerStructures(SourceConfig source, List<String> committed) {
    this.source = source;
    this.history = new LaneHistory(committed, source);
  }

  /** Tables of which the history tells. */
  public Set<TableName> known() {
    return history.all().stream()
        .map(known -> StreamTables.name(known.table().id()))
        .collect(Collectors.toSet());
  }

  /**
   * Makes tables known as they are now. Nothing becomes known of one that does not exist.
   *
   * @param tables those that will be loaded in full before the stream begins, or with which it
   *     begins: what the binlog says of them from before now is not wanted
   * @return new entries of the schema history
   */
  public List<String> adopt(Set<TableName> tables) {
    return adopt(tables, true);
  }

  /**
   * Makes those of the tables known of which nothing is, for a stream that goes on from an older
   * position and is to take also what happened to them since.
   *
   * @return new entries of the schema history
   */
  public List<String> adoptUnknown(Set<TableName> tables) {
    Set<TableName> unknown = new HashSet<>(tables);
    unknown.removeIf(table -> history.get(table) != null);
    return adopt(unknown, false);
  }

  private List<String> adopt(Set<TableName> tables, boolean fromHere) {
    if (tables.isEmpty()) {
      return List.of();
    }
    try (Connection connection = new MySqlConnections(source).open()) {
      history.rememberDefaults(connection);
      ServerFacts server = ServerFacts.read(connection);
      Map<TableName, TableFacts> before = TableFacts.read(connection, tables);
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        SourcePosition position = server.position(connection);
        Map<TableName, TableFacts> after = TableFacts.read(connection, tables);
        if (after.equals(before)) { // then it was so at the position between the two, too
          after.forEach(
              (table, facts) ->
                  history.put(
                      new KnownTable(
                          EngineTable.of(table, facts),
                          fromHere ? position : null,
                          facts.primary(),
                          false,
                          Set.of())));
          return history.drain();
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
}
