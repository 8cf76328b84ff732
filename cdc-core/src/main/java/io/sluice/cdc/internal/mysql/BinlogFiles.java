package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Which part of the binlog the server still has. */
public final class BinlogFiles {
  private BinlogFiles() {}

  /**
   * Makes sure that everything after the position can still be read.
   *
   * @throws SourceException when a part of it has been purged
   */
  public static void checkHolds(Connection connection, SourcePosition position)
      throws SQLException {
    List<String> files = Sql.query(connection, "SHOW BINARY LOGS", r -> r.getString(1));
    boolean sameServer =
        position.serverUuid().equals(Sql.first(connection, "SELECT @@GLOBAL.server_uuid"));
    String gtids = position.gtidSet();
    boolean lost =
        gtids != null
            ? !"1"
                .equals(Sql.first(connection, "SELECT GTID_SUBSET(@@GLOBAL.gtid_purged, ?)", gtids))
            : sameServer && !files.contains(position.binlogFile());
    if (lost) {
      throw new SourceException(
          "The binlog after "
              + position
              + " has been purged on the server; the oldest file it has is "
              + (files.isEmpty() ? "none" : files.get(0)),
          "Changes are lost that only a new full load can bring back: raise binlog_expire_logs_seconds (on RDS"
              + " 'binlog retention hours') beyond the time that a load takes, then load again");
    }
  }
}
