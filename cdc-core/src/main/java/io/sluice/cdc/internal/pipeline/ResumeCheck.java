package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.SourceState;
import org.jspecify.annotations.Nullable;

/** Makes sure that the committed position means something on this server. */
final class ResumeCheck {
  private static final String ANEW =
      "Start the pipeline under a new id, so that everything is loaded again";

  private ResumeCheck() {}

  static void check(@Nullable SourceState source, SourceServer server) {
    if (source == null) {
      return;
    }
    SourcePosition committed = source.position();
    SourcePosition now = server.position();
    String executed = now.gtidSet();
    if (committed.gtidSet() == null || executed == null) {
      sameServer(committed, now, server);
      return;
    }
    GtidSet taken = GtidSet.parse(committed.gtidSet());
    if (!GtidSet.parse(executed).includes(taken)) {
      throw new SourceException(
          "The server "
              + server.serverUuid()
              + " lacks transactions that the pipeline has already taken (committed "
              + taken
              + ", executed there "
              + executed
              + ")",
          "Point source.host at a server that has them; if the server was restored from a backup, the history has changed: "
              + ANEW.toLowerCase(java.util.Locale.ROOT));
    }
    String purged = server.purgedGtids();
    if (!taken.includes(GtidSet.parse(purged))) {
      throw new SourceException(
          "The server has purged binlogs that the pipeline has not read yet (committed "
              + taken
              + ", purged there "
              + purged
              + ")",
          ANEW + ", and keep binlogs longer (binlog_expire_logs_seconds)");
    }
  }

  private static void sameServer(
      SourcePosition committed, SourcePosition now, SourceServer server) {
    if (!committed.serverUuid().equals(server.serverUuid())) {
      throw new SourceException(
          "The server behind source.host is another one than before (server_uuid was "
              + committed.serverUuid()
              + ", is "
              + server.serverUuid()
              + "), and without GTID a position of one server means nothing on another",
          "Point source.host at the former server, or turn GTID on. Otherwise: "
              + ANEW.toLowerCase(java.util.Locale.ROOT));
    }
    if (!now.covers(committed.binlogFile(), committed.binlogPosition())) {
      throw new SourceException(
          "The server's binlog ends at "
              + now
              + ", before the committed position "
              + committed
              + ": it was reset, or restored from a backup",
          ANEW);
    }
  }
}
