package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.internal.load.LoadForecast;
import io.sluice.cdc.status.Finding;
import io.sluice.cdc.status.PlannedServer;
import io.sluice.cdc.status.PlannedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a start accepts but a person should know. */
final class Advice {
  /** Shorter than that, a weekend without the pipeline means a new full load. */
  private static final Duration SHORT_RETENTION = Duration.ofDays(1);

  private Advice() {}

  static List<Finding> of(
      PlannedServer server, List<PlannedTable> tables, List<String> rulesWithoutEffect) {
    List<Finding> advice = new ArrayList<>();
    if (server.binlogRowMetadata().equals("MINIMAL")) {
      advice.add(
          new Finding(
              "binlog_row_metadata is MINIMAL, so the binlog does not name the columns of its rows",
              "SET GLOBAL binlog_row_metadata = 'FULL': it costs a few bytes an event"));
    }
    if (!server.gtidMode().equals("ON")) {
      advice.add(
          new Finding(
              "gtid_mode is "
                  + server.gtidMode()
                  + ", so the stream cannot go on at another server",
              "Turn GTID on before a failover makes a new full load necessary"));
    }
    Duration retention = server.retention();
    if (retention != null && retention.compareTo(SHORT_RETENTION) < 0) {
      advice.add(
          new Finding(
              "The server keeps its binlog for only " + retention.toMinutes() + " minutes",
              "Raise binlog_expire_logs_seconds beyond the longest load and the longest stop"));
    }
    for (PlannedTable table : tables) {
      String because = table.oneChunkBecause();
      if (table.toBeLoaded()
          && because != null
          && table.estimatedBytes() >= LoadForecast.LARGE_BYTES) {
        advice.add(
            new Finding(
                LoadForecast.inOnePiece(table.table(), table.estimatedBytes(), because),
                "Give it a primary key of numbers, times or text in utf8mb4, or change its structure at another time"));
      }
    }
    for (String rule : rulesWithoutEffect) {
      advice.add(
          new Finding(
              rule, "Move it before them if it should count, or leave it for tables to come"));
    }
    return advice;
  }
}
