package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.error.UnsupportedColumnException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds the words for what went wrong in the engine. */
final class LaneFailures {
  private static final int PURGED = 1236;

  private LaneFailures() {}

  /** A failure that is lost contact only: trying again from the last commit may help. */
  static final class LostConnection extends SourceException {
    private static final long serialVersionUID = 1L;

    LostConnection(String problem, @Nullable Throwable cause) {
      super(
          problem,
          "Check that MySQL is reachable; the pipeline goes on from the last commit",
          cause);
    }
  }

  static CdcException silent(Duration limit) {
    return new LostConnection("MySQL has sent nothing for " + limit.toSeconds() + " s", null);
  }

  static CdcException closed() {
    return new LostConnection("MySQL has closed the connection on which it sends the binlog", null);
  }

  /** The failure in our words, with the engine's as its cause. */
  static CdcException explain(Throwable failure) {
    CdcException own = find(failure, CdcException.class);
    if (own != null) {
      return own;
    }
    ServerException server = find(failure, ServerException.class);
    if (server != null && String.valueOf(server.getMessage()).contains("server_uuid/server_id")) {
      return new SourceException(
          "Another replica has connected to MySQL with the same id: " + server.getMessage(),
          "Stop the other process if it runs the same pipeline; otherwise give each a source.serverId of its own",
          failure);
    }
    if (server != null && server.getErrorCode() == PURGED) {
      return new SourceException(
          "MySQL no longer has the binlog from the position of the last commit on: "
              + server.getMessage(),
          "Changes since then are lost to the stream: start the pipeline under a new id to load everything again, and keep"
              + " binlogs longer (binlog_expire_logs_seconds; on RDS: call mysql.rds_set_configuration('binlog retention hours', 72))",
          failure);
    }
    if (find(failure, AuthenticationException.class) != null) {
      return new SourceException(
          "MySQL refused the user for the binlog: " + root(failure).getMessage(),
          "Check source.user and source.password, and grant REPLICATION SLAVE, REPLICATION CLIENT",
          failure);
    }
    if (server == null
        && (find(failure, IOException.class) != null
            || find(failure, SQLException.class) != null)) {
      return new LostConnection(
          "The connection to MySQL's binlog was lost: " + root(failure).getMessage(), failure);
    }
    return general(failure);
  }

  /** An event that cannot be read; reading it again would not help. */
  static CdcException unreadable(Throwable failure) {
    CdcException own = find(failure, CdcException.class);
    return own != null
        ? own
        : new SourceException(
            "An event of the binlog cannot be read: " + root(failure).getMessage(),
            "Check the binlog on the server (mysqlbinlog --verify-binlog-checksum) and report it with the server's version; to go on"
                + " without it, start the pipeline under a new id, so that everything is loaded again",
            failure);
  }

  private static CdcException general(Throwable failure) {
    String message = String.valueOf(root(failure).getMessage());
    if (String.valueOf(failure.getMessage()).contains("no longer available on the server")
        || message.contains("no longer available on the server")) {
      return new SourceException(
          "MySQL no longer has the binlog from the position of the last commit on",
          "Changes since then are lost to the stream: start the pipeline under a new id to load everything again, and keep"
              + " binlogs longer (binlog_expire_logs_seconds)",
          failure);
    }
    if (message.contains("different column size") || message.contains("internal schema size")) {
      return new UnsupportedColumnException(
          "A row in the binlog does not fit the known structure of its table: " + message,
          "The table was altered without the binlog (sql_log_bin=0); start the pipeline under a new id to load it again",
          failure);
    }
    return new SourceException(
        "The binlog cannot be read on: " + message, "See the cause in the log", failure);
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  private static Throwable root(Throwable failure) {
    Throwable t = failure;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return t;
  }
}
