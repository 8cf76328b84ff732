package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.load.MovedKeys;
import io.sluice.cdc.internal.mysql.Catalog;
import io.sluice.cdc.internal.mysql.DerivedColumns;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.ServerCheck;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.mysql.Sql;
import io.sluice.cdc.internal.transform.RuleCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the server short questions, each on a connection of its own. Thread-safe. */
final class SourceServer {
  private static final Logger LOG = LoggerFactory.getLogger(SourceServer.class);

  private final MySqlConnections connections;
  private final Catalog catalog;
  private final ServerFacts facts;
  private final List<TableSchema> checked;

  private SourceServer(
      MySqlConnections connections, Catalog catalog, ServerFacts facts, List<TableSchema> checked) {
    this.connections = connections;
    this.catalog = catalog;
    this.facts = facts;
    this.checked = checked;
  }

  /** A question. */
  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /**
   * Connects and refuses a server that cannot be followed safely.
   *
   * @throws SourceException with everything that is wrong
   */
  static SourceServer check(PipelineConfig config) {
    MySqlConnections connections = new MySqlConnections(config.source());
    Catalog catalog = new Catalog(config.source(), config.types());
    return ask(
        connections,
        "checking the server",
        c -> {
          ServerFacts facts = ServerFacts.read(c);
          List<TableName> tables = catalog.tables(c);
          ServerCheck.check(c, facts, tables);
          List<TableSchema> structures = catalog.read(c, tables);
          checkRules(c, config, catalog, structures);
          RuleCheck.withoutEffect(config.protection(), structures)
              .forEach(text -> LOG.warn("{}", text));
          return new SourceServer(connections, catalog, facts, structures);
        });
  }

  /**
   * Refuses rules for columns that there are not, or that do not fit them.
   *
   * @throws io.sluice.cdc.error.ConfigurationException with all that is wrong with a kind of rules
   */
  static void checkRules(
      Connection connection, PipelineConfig config, Catalog catalog, List<TableSchema> tables)
      throws SQLException {
    catalog.checkRules(tables);
    Problems problems = new Problems();
    ProtectionConfig protection = config.protection();
    RuleCheck.check(protection, tables, problems);
    if (!protection.columns().isEmpty()) {
      List<TableName> names = tables.stream().map(TableSchema::table).toList();
      RuleCheck.checkDerived(protection, DerivedColumns.read(connection, names), problems);
    }
    problems.throwIfAny();
  }

  /** To ask a server that may have to be refused. */
  static SourceServer unchecked(PipelineConfig config, ServerFacts facts) {
    return new SourceServer(
        new MySqlConnections(config.source()),
        new Catalog(config.source(), config.types()),
        facts,
        List.of());
  }

  /** The structures that were checked; none where nothing was. */
  List<TableSchema> checked() {
    return checked;
  }

  MySqlConnections connections() {
    return connections;
  }

  ServerFacts facts() {
    return facts;
  }

  String serverUuid() {
    return facts.serverUuid();
  }

  /** Where the binlog is now. */
  SourcePosition position() {
    return ask(connections, "reading the binlog's position", facts::position);
  }

  /** Transactions whose binlogs are gone, as a GTID set. */
  String purgedGtids() {
    return ask(
        connections,
        "reading gtid_purged",
        c -> {
          String purged = Sql.first(c, "SELECT @@GLOBAL.gtid_purged");
          return purged == null ? "" : purged.replaceAll("\\s", "");
        });
  }

  /** The names of all included tables that exist now; much cheaper than their structures. */
  List<TableName> tableNames() {
    return ask(connections, "reading the names of tables", catalog::tables);
  }

  /** The structures of all included tables that exist now. */
  List<TableSchema> tables() {
    return ask(connections, "reading structures", catalog::read);
  }

  /** Included tables whose keys compare otherwise than when parts of them were loaded. */
  Map<TableName, String> movedKeys(LoadState state, Predicate<TableName> included) {
    List<TableName> bounded =
        state.tables().stream()
            .filter(t -> t.keyOrder() != null)
            .map(TableLoad::table)
            .filter(included)
            .toList();
    return bounded.isEmpty()
        ? Map.of()
        : ask(connections, "comparing keys", c -> MovedKeys.of(c, state, catalog.read(c, bounded)));
  }

  private static <T> T ask(MySqlConnections connections, String doing, Question<T> question) {
    try (Connection connection = connections.open()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw SourceFailures.during(doing, e);
    }
  }
}
