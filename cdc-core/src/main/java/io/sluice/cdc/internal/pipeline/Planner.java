package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.load.LoadForecast;
import io.sluice.cdc.internal.load.MovedKeys;
import io.sluice.cdc.internal.load.ViewForecast;
import io.sluice.cdc.internal.load.ViewMethod;
import io.sluice.cdc.internal.mysql.BinlogFiles;
import io.sluice.cdc.internal.mysql.Catalog;
import io.sluice.cdc.internal.mysql.Grants;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.ServerCheck;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.transform.RuleCheck;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.SinkLook;
import io.sluice.cdc.status.Finding;
import io.sluice.cdc.status.PipelinePlan;
import io.sluice.cdc.status.PlannedServer;
import io.sluice.cdc.status.PlannedState;
import io.sluice.cdc.status.PlannedStream;
import io.sluice.cdc.status.PlannedTable;
import io.sluice.cdc.status.PlannedView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what a start would do. Only asks questions; used by one thread. */
public final class Planner {
  private final PipelineConfig config;
  private final Sink sink;
  private final List<Finding> problems = new ArrayList<>();

  /** Nothing is connected yet. */
  public Planner(PipelineConfig config, Sink sink) {
    this.config = config;
    this.sink = sink;
  }

  /**
   * Asks the server and the sink.
   *
   * @throws SourceException when the server cannot be asked
   * @throws io.sluice.cdc.error.ConfigurationException when an include pattern matches no table
   */
  public PipelinePlan plan() throws InterruptedException {
    MySqlConnections connections = new MySqlConnections(config.source());
    try (Connection connection = connections.open()) {
      ServerFacts facts = ServerFacts.read(connection);
      Catalog catalog = new Catalog(config.source(), config.types());
      List<TableName> names = catalog.tables(connection);
      problems.addAll(ServerCheck.problems(connection, facts, names));
      Catalog.Survey survey = catalog.survey(connection, names);
      SourceServer.checkRules(connection, config, catalog, survey.schemas());
      survey
          .refused()
          .forEach(
              column ->
                  problems.add(
                      new Finding("Cannot carry the column " + column, Catalog.REFUSED_REMEDY)));
      SinkLook look = look();
      PlannedServer server = server(connection, facts);
      PlannedStream stream = stream(connection, facts, look);
      List<PlannedTable> tables =
          new TablePlanner(config, look, moved(connection, look, survey.schemas()))
              .plan(survey.schemas(), LoadForecast.of(connection, survey.schemas()));
      PlannedView view = view(connection, facts, tables);
      return new PipelinePlan(
          config.pipeline().value(),
          server,
          state(look),
          stream,
          view,
          tables,
          problems,
          Advice.of(
              server, tables, RuleCheck.withoutEffect(config.protection(), survey.schemas())));
    } catch (SQLException e) {
      throw SourceFailures.during("planning", e);
    }
  }

  private @Nullable SinkLook look() throws InterruptedException {
    try {
      return sink.look(config.pipeline());
    } catch (CdcException e) {
      problems.add(new Finding(e.problem(), e.remedy()));
      return null;
    }
  }

  private static Set<TableName> moved(
      Connection connection, @Nullable SinkLook look, List<TableSchema> schemas)
      throws SQLException {
    return look == null
        ? Set.of()
        : MovedKeys.of(connection, look.state().load(), schemas).keySet();
  }

  private static @Nullable PlannedState state(@Nullable SinkLook look) {
    return look == null
        ? null
        : new PlannedState(
            look.state().lastCommit(),
            look.lastWritten(),
            look.state().epoch(),
            look.writer().host(),
            look.writer().pid(),
            look.writer().since());
  }

  private PlannedServer server(Connection connection, ServerFacts facts) throws SQLException {
    boolean readable = facts.isOn("log_bin");
    return new PlannedServer(
        config.source().host() + ":" + config.source().port(),
        facts.version(),
        facts.serverUuid(),
        facts.value("gtid_mode"),
        facts.value("binlog_format"),
        facts.value("binlog_row_image"),
        facts.value("binlog_row_metadata"),
        facts.retention(),
        readable ? position(connection, facts) : null);
  }

  /** Null where the user may not ask; that is among the problems already. */
  private static @Nullable SourcePosition position(Connection connection, ServerFacts facts) {
    try {
      return facts.position(connection);
    } catch (SQLException | SourceException e) {
      return null;
    }
  }

  private PlannedStream stream(Connection connection, ServerFacts facts, @Nullable SinkLook look) {
    SourceState committed = look == null ? null : look.state().source();
    if (committed == null) {
      return new PlannedStream(null, true);
    }
    boolean available = true;
    try {
      ResumeCheck.check(committed, SourceServer.unchecked(config, facts));
      BinlogFiles.checkHolds(connection, committed.position());
    } catch (SourceException e) {
      available = false;
      problems.add(new Finding(e.problem(), e.remedy()));
    } catch (SQLException e) {
      available = false; // the privilege that is missing is among the problems already
    }
    return new PlannedStream(committed.position(), available);
  }

  private @Nullable PlannedView view(
      Connection connection, ServerFacts facts, List<PlannedTable> tables) throws SQLException {
    List<TableName> toLoad =
        tables.stream().filter(PlannedTable::toBeLoaded).map(PlannedTable::table).toList();
    if (toLoad.isEmpty() || config.load().mode() == LoadMode.NEVER) {
      return null;
    }
    ViewForecast forecast = ViewForecast.of(Grants.read(connection), facts, toLoad);
    ViewMethod method = forecast.method();
    if (method == null) {
      problems.add(
          new Finding(
              "No consistent view can be taken: " + forecast.reason(),
              "GRANT LOCK TABLES (or RELOAD) to the user, or turn GTID on"));
      return null;
    }
    return new PlannedView(PlannedView.Method.valueOf(method.name()), forecast.reason());
  }
}
