package io.sluice.cdc.examples.demo;

import io.sluice.cdc.config.ByteSize;
import io.sluice.cdc.status.PipelineStatus;
import io.sluice.cdc.testkit.check.CheckReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the demo says at its end. */
record DemoReport(PrintStream out) {

  /** The table with the verdict, and the differences where there are any. */
  void result(CheckReport report, PipelineStatus status, List<Duration> latency) {
    out.println();
    out.print(table(report, status, latency));
    if (!report.equal()) {
      out.println(report.inWords());
    }
  }

  /** Where the files are, and a query over them with its answer. */
  void files(Lake lake, Optional<Path> keep) throws SQLException {
    String query = lake.query();
    out.println();
    out.println("One query to try, and its answer:");
    out.println(query.indent(2).stripTrailing());
    out.println();
    out.print(Table.of(lake.run(query)));
    out.println();
    out.println(
        keep.isPresent()
            ? "The files stay in "
                + keep.get()
                + "; with DuckDB installed: duckdb -c \""
                + query.replaceAll("\\s+", " ")
                + "\""
            : "The files were in a temporary folder that goes now; bin/demo --keep DIR keeps them.");
  }

  private static Table table(CheckReport report, PipelineStatus status, List<Duration> latency) {
    return new Table()
        .row("rows loaded", report.counts().loads())
        .row("inserts", report.counts().inserts())
        .row("updates", report.counts().updates())
        .row("deletes", report.counts().deletes())
        .row("truncates", report.counts().truncates())
        .row("files", report.counts().files())
        .row("size", ByteSize.format(report.counts().bytes()))
        .row("commits", status.commits())
        .row("MySQL commit to readable, p50", seconds(latency, 0))
        .row("MySQL commit to readable, p99", seconds(latency, 1))
        .row("rows compared with MySQL", report.counts().rows())
        .row(
            "verdict",
            report.equal() ? "equal" : "NOT EQUAL: " + report.differenceCount() + " differences");
  }

  private static String seconds(List<Duration> latency, int index) {
    return latency.size() > index
        ? String.format(Locale.ROOT, "%.2f s", latency.get(index).toNanos() / 1e9)
        : "not measured";
  }
}
