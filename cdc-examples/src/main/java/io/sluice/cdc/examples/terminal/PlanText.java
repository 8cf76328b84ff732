package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.Finding;
import io.sluice.cdc.status.PipelinePlan;
import io.sluice.cdc.status.PlannedColumn;
import io.sluice.cdc.status.PlannedServer;
import io.sluice.cdc.status.PlannedState;
import io.sluice.cdc.status.PlannedStream;
import io.sluice.cdc.status.PlannedTable;
import io.sluice.cdc.status.PlannedView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan in words. */
public final class PlanText {
  private final StringBuilder out = new StringBuilder();

  private PlanText() {}

  /** Several lines without the last line end. */
  public static String of(PipelinePlan plan) {
    PlanText text = new PlanText();
    text.line("Plan for pipeline %s; nothing was changed.", plan.pipeline());
    text.server(plan.server());
    text.line("bucket: %s", state(plan.state()));
    text.line("stream: %s", stream(plan.stream(), plan.server()));
    text.line("view:   %s", view(plan.view()));
    text.line(
        "load:   %,d of %,d tables, about %,d rows and %s, about %,d chunks",
        plan.tablesToLoad(),
        plan.tables().size(),
        plan.rowsToLoad(),
        size(plan.bytesToLoad()),
        plan.chunks());
    plan.tables().forEach(text::table);
    text.findings("advice:", plan.advice());
    text.findings("run would refuse to start:", plan.problems());
    if (plan.startable()) {
      text.line("run can start.");
    }
    return text.out.toString().stripTrailing();
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void server(PlannedServer server) {
    Duration kept = server.retention();
    line(
        "server: MySQL %s at %s, server_uuid %s, gtid_mode %s, binlog %s with %s images and %s metadata, kept %s",
        server.version(),
        server.address(),
        server.serverUuid(),
        server.gtidMode(),
        server.binlogFormat(),
        server.binlogRowImage(),
        server.binlogRowMetadata().isEmpty() ? "no" : server.binlogRowMetadata(),
        kept == null ? "without a limit that it tells" : "for " + time(kept));
  }

  private static String state(@Nullable PlannedState state) {
    return state == null
        ? "no state; this would be the first start"
        : "commit "
            + state.lastCommit()
            + " of "
            + state.lastWritten()
            + " is the last, epoch "
            + state.epoch()
            + " is held by process "
            + state.pid()
            + " on "
            + state.host()
            + " since "
            + state.since()
            + "; a start takes over from it";
  }

  private static String stream(PlannedStream stream, PlannedServer server) {
    if (stream.position() == null) {
      return "begins where the binlog is at the start, now "
          + (server.position() == null ? "unknown" : server.position());
    }
    return "goes on at "
        + stream.position()
        + (stream.available()
            ? ", which the server still has"
            : ", which it cannot go on from; see below");
  }

  private static String view(@Nullable PlannedView view) {
    return view == null ? "none is taken" : view.method() + ": " + view.reason();
  }

  private void table(PlannedTable table) {
    StringBuilder text = new StringBuilder("  " + table.table() + ": " + state(table.state()));
    if (table.state() == PlannedTable.State.PARTLY_LOADED) {
      text.append(String.format(Locale.ROOT, ", %,d rows are there", table.loadedRows()));
    }
    if (table.toBeLoaded()) {
      text.append(
          String.format(
              Locale.ROOT,
              ", about %,d rows and %s to read",
              table.rowsToLoad(),
              size(table.bytesToLoad())));
      String one = table.oneChunkBecause();
      text.append(
          one == null
              ? String.format(Locale.ROOT, ", %,d chunks along %s", table.chunks(), table.key())
              : ", one chunk: " + one);
    }
    line("%s", text);
    for (PlannedColumn column : table.columns()) {
      line("    %s %s is carried as: %s", column.name(), column.mysqlType(), column.carriedAs());
    }
  }

  private static String state(PlannedTable.State state) {
    return switch (state) {
      case NEW -> "new";
      case LOADED -> "loaded, only followed";
      case PARTLY_LOADED -> "partly loaded";
      case TO_BE_LOADED_AGAIN -> "to be loaded again";
      case ONLY_FOLLOWED -> "only followed (load.mode is never)";
      case TO_BE_FORGOTTEN -> "no longer included, will be forgotten; its files stay";
    };
  }

  private void findings(String title, List<Finding> findings) {
    if (!findings.isEmpty()) {
      line("%s", title);
      findings.forEach(finding -> line("  - %s", finding));
    }
  }

  private static String size(long bytes) {
    return bytes < 10 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }

  private static String time(Duration time) {
    return time.toHours() >= 48 ? time.toDays() + " days" : time.toMinutes() + " minutes";
  }
}
