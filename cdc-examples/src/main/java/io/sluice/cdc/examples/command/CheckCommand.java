package io.sluice.cdc.examples.command;

import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.examples.terminal.Json;
import io.sluice.cdc.testkit.check.CheckReport;
import io.sluice.cdc.testkit.check.Difference;
import io.sluice.cdc.testkit.check.RowChecker;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cdc check}. */
@Command(
    name = "check",
    description = {
      "Compares every row in the final place with MySQL, value by value.",
      "Stop the writers first and let the pipeline catch up: what is written meanwhile counts as a difference."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--json", description = "Print the report as one JSON object to standard output.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = config.read();
    SourceConfig source = settings.source().build();
    String url = SourceTables.jdbcUrl(source);
    RowChecker.Builder checker =
        RowChecker.builder()
            .pipeline(settings.pipeline())
            .mysql(url, source.user(), source.password())
            .leftOut((d, t, c) -> action(settings, d, t, c) == Protection.Action.DROP)
            .untold((d, t, c) -> action(settings, d, t, c) != Protection.Action.KEEP);
    settings.s3().tell(checker);
    CheckReport report;
    try {
      SourceTables.included(source).forEach(t -> checker.expectTable(t.database(), t.table()));
      report = checker.build().check();
    } catch (SQLException e) {
      throw SourceTables.unreadable(source, e);
    }
    tell(report);
    return report.equal() ? CdcCommand.DONE : CdcCommand.STOPPED;
  }

  private static Protection.Action action(
      Settings settings, String database, String table, String column) {
    Protection rule = settings.protection().protection(new TableName(database, table), column);
    return rule == null ? Protection.Action.KEEP : rule.action();
  }

  private void tell(CheckReport report) {
    if (!json) {
      (report.equal() ? System.out : System.err).println(report.inWords());
      return;
    }
    System.out.println(
        Json.line()
            .put("type", "check")
            .put("equal", report.equal())
            .put("differenceCount", report.differenceCount())
            .putAll("differences", report.differences().stream().map(Difference::inWords).toList())
            .putAll("notes", report.notes())
            .putRecord("counts", report.counts())
            .put("seconds", report.took().toMillis() / 1000.0));
  }
}
