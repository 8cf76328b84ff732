package io.sluice.cdc.internal.load;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.mysql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens several connections that see one consistent moment, in the way that disturbs writers least
 * and that the user may.
 */
final class ViewOpener {
  /**
   * Back here after every statement, so that no table stays locked against DDL while others are
   * read.
   */
  static final String BACK_TO_START = "ROLLBACK TO SAVEPOINT sluice_view";

  private static final Logger LOG = LoggerFactory.getLogger(ViewOpener.class);
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int LOCK_SECONDS = 5;
  private static final int LOCK_TRIES = 6;
  private static final int XA_TRIES = 40;
  private static final long XA_PAUSE_MILLIS = 250;
  private static final int[] DENIED = {1227, 1044, 1045, 1142, 1290, 1401};

  private final MySqlConnections server;
  private final int readers;

  ViewOpener(MySqlConnections server, int readers) {
    this.server = server;
    this.readers = readers;
  }

  /** Opens a view over these tables; the caller closes it. */
  OpenView open(Collection<TableName> tables) throws InterruptedException {
    List<Connection> connections = new ArrayList<>();
    boolean opened = false;
    try (Connection control = server.open()) {
      ServerFacts facts = ServerFacts.read(control);
      for (int i = 0; i < readers; i++) {
        connections.add(server.open());
      }
      OpenView view = open(control, facts, tables, connections);
      opened = true;
      return view;
    } catch (SQLException e) {
      throw SourceFailures.during("taking a consistent view", e);
    } finally {
      if (!opened) {
        QuietMoment.abort(connections);
      }
    }
  }

  private OpenView open(
      Connection control,
      ServerFacts facts,
      Collection<TableName> tables,
      List<Connection> connections)
      throws SQLException, InterruptedException {
    Sql.run(control, "SET SESSION lock_wait_timeout = " + LOCK_SECONDS);
    OpenView view =
        locked(control, facts, ViewMethod.GLOBAL_LOCK, "FLUSH TABLES WITH READ LOCK", connections);
    if (view == null) {
      String list =
          tables.stream().map(t -> t.quoted() + " READ").collect(Collectors.joining(", "));
      view = locked(control, facts, ViewMethod.TABLE_LOCKS, "LOCK TABLES " + list, connections);
    }
    if (view == null) {
      LOG.info("The user may not lock tables; waiting for a quiet moment to take the view");
      view = new QuietMoment(control, facts).open(connections);
    }
    LOG.info(
        "View at {} over {} tables with {} connections by {}; writers were blocked for {} ms",
        view.position(),
        tables.size(),
        view.connections().size(),
        view.method(),
        view.writersBlocked().toMillis());
    return view;
  }

  /** The view under the lock, or null when the user may not take it. */
  private @Nullable OpenView locked(
      Connection control,
      ServerFacts facts,
      ViewMethod method,
      String lock,
      List<Connection> connections)
      throws SQLException, InterruptedException {
    long asked = acquire(control, method, lock);
    for (int i = 1;
        asked != 0 && method == ViewMethod.GLOBAL_LOCK && PreparedXa.exists(control);
        i++) {
      Sql.run(control, "UNLOCK TABLES");
      if (i == XA_TRIES) {
        throw PreparedXa.refusal();
      }
      Thread.sleep(XA_PAUSE_MILLIS);
      asked = acquire(control, method, lock);
    }
    if (asked == 0) {
      return null;
    }
    SourcePosition position;
    long takenMicros;
    try {
      start(connections);
      position = facts.position(control);
      takenMicros = serverMicros(control);
    } finally {
      Sql.run(control, "UNLOCK TABLES");
    }
    Duration blocked = Duration.ofNanos(System.nanoTime() - asked);
    savepoints(connections);
    return new OpenView(position, takenMicros, method, blocked, List.copyOf(connections));
  }

  /**
   * Takes the lock; returns when the successful try was begun, or 0 when the user may not have it.
   */
  private static long acquire(Connection control, ViewMethod method, String lock)
      throws SQLException {
    for (int i = 1; ; i++) {
      long asked = System.nanoTime();
      try {
        Sql.run(control, lock);
        return asked;
      } catch (SQLException e) {
        if (isDenied(e)) {
          return 0;
        }
        if (e.getErrorCode() != LOCK_WAIT_TIMEOUT) {
          throw e;
        }
        if (i == LOCK_TRIES) {
          throw busy(method, e);
        }
        LOG.warn(
            "{} waited {} s in vain, and writers behind it; trying again", method, LOCK_SECONDS);
      }
    }
  }

  private static SourceException busy(ViewMethod method, SQLException e) {
    return new SourceException(
        "The lock for a consistent view ("
            + method
            + ") was not to be had within "
            + LOCK_TRIES
            + " tries of "
            + LOCK_SECONDS
            + " s: long statements or open transactions hold the tables",
        "End them (SHOW PROCESSLIST names them) or start at a quieter hour",
        e);
  }

  static boolean isDenied(SQLException e) {
    for (int code : DENIED) {
      if (e.getErrorCode() == code) {
        return true;
      }
    }
    return false;
  }

  static void start(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      Sql.run(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }
  }

  static void savepoints(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      Sql.run(connection, "SAVEPOINT sluice_view");
    }
  }

  static long serverMicros(Connection connection) throws SQLException {
    String micros =
        Sql.first(connection, "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)");
    return Long.parseLong(String.valueOf(micros));
  }
}
