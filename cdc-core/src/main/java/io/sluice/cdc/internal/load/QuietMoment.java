package io.sluice.cdc.internal.load;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.internal.mysql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a view without any lock: opens the snapshots and keeps them when nothing was written to the
 * binlog and nothing was on its way from the binlog into the tables meanwhile.
 *
 * <p>A transaction is in the binlog a little before it can be seen in the tables, and then in
 * {@code gtid_executed}. So an unchanged binlog position alone proves nothing; every GTID that the
 * binlog holds must be executed too. Those of earlier files are: a file is only closed when all its
 * transactions are.
 */
final class QuietMoment {
  private static final Logger LOG = LoggerFactory.getLogger(QuietMoment.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TRIES_PER_READER_COUNT = 200;
  private static final long FIRST_EVENT = 4;

  /** What MySQL says of an event that it is just writing; current versions do, 8.0.15 did not. */
  private static final int ERROR_READING_EVENTS = 1220;

  private final Connection control;
  private final ServerFacts facts;
  private final Set<String> unconfirmed = new HashSet<>();
  private String scannedFile = "";
  private long scannedTo;
  private @Nullable SQLException unreadable;

  QuietMoment(Connection control, ServerFacts facts) {
    this.control = control;
    this.facts = facts;
  }

  /**
   * Opens the view; on a busy server with fewer of the connections than were given, the others are
   * closed.
   */
  OpenView open(List<Connection> connections) throws SQLException, InterruptedException {
    if (!facts.gtid()) {
      throw new SourceException(
          "No consistent view can be taken: the user may neither FLUSH TABLES nor LOCK TABLES, and gtid_mode is "
              + facts.value("gtid_mode"),
          "GRANT LOCK TABLES (or RELOAD) to the user, or turn GTID on");
    }
    List<Connection> used = new ArrayList<>(connections);
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int tries = 1; System.nanoTime() < end; tries++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      OpenView view = attempt(used);
      if (view != null) {
        return view;
      }
      if (tries % TRIES_PER_READER_COUNT == 0 && used.size() > 1) {
        List<Connection> spare = used.subList(used.size() / 2, used.size());
        abort(spare);
        spare.clear();
      }
    }
    throw new SourceException(
        "No consistent view can be taken: the user may neither FLUSH TABLES nor LOCK TABLES, and for "
            + PATIENCE.toSeconds()
            + " s there was no moment without a commit or a prepared XA transaction"
            + (unreadable == null
                ? ""
                : ", or the binlog could not be read: " + unreadable.getMessage()),
        "GRANT LOCK TABLES (or RELOAD) to the user, or start at a quieter hour",
        unreadable);
  }

  private @Nullable OpenView attempt(List<Connection> connections) throws SQLException {
    SourcePosition before = facts.position(control);
    boolean scanned = scan(before);
    GtidSet executed = executed();
    if (!scanned || !confirm(executed) || PreparedXa.exists(control)) {
      return null;
    }
    ViewOpener.start(connections);
    long takenMicros = ViewOpener.serverMicros(control);
    SourcePosition after = facts.position(control);
    boolean quiet =
        before.binlogFile().equals(after.binlogFile())
            && before.binlogPosition() == after.binlogPosition();
    if (!quiet) {
      return null;
    }
    ViewOpener.savepoints(connections);
    // Nothing was on its way when the set was read, and nothing came until the snapshots were open.
    SourcePosition exact =
        new SourcePosition(
            before.binlogFile(), before.binlogPosition(), executed.toString(), before.serverUuid());
    return new OpenView(
        exact, takenMicros, ViewMethod.QUIET_MOMENT, Duration.ZERO, List.copyOf(connections));
  }

  private GtidSet executed() throws SQLException {
    return GtidSet.parse(String.valueOf(Sql.first(control, "SELECT @@GLOBAL.gtid_executed")));
  }

  private boolean confirm(GtidSet executed) {
    unconfirmed.removeIf(executed::contains);
    return unconfirmed.isEmpty();
  }

  /**
   * Notes every GTID between the last scan and the position. False when the last event is just
   * being written: the next scan goes on behind those that could be read.
   */
  private boolean scan(SourcePosition upTo) throws SQLException {
    if (!scannedFile.equals(upTo.binlogFile())) {
      scannedFile = upTo.binlogFile();
      scannedTo = FIRST_EVENT;
    }
    String sql = "SHOW BINLOG EVENTS IN '" + scannedFile.replace("'", "''") + "' FROM " + scannedTo;
    try (Statement statement = MySqlConnections.streaming(control);
        ResultSet events = statement.executeQuery(sql)) {
      while (events.next()) {
        note(events.getString("Event_type"), events.getString("Info"));
        scannedTo = Math.max(scannedTo, events.getLong("End_log_pos"));
      }
      unreadable = null;
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() != ERROR_READING_EVENTS) {
        throw e;
      }
      unreadable = e;
      return false;
    }
  }

  private void note(String type, String info) {
    int quote = info.indexOf('\'');
    if (type.toLowerCase(Locale.ROOT).startsWith("gtid") && quote >= 0) {
      unconfirmed.add(info.substring(quote + 1, info.lastIndexOf('\'')));
    }
  }

  static void abort(List<Connection> connections) {
    for (Connection connection : connections) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("A connection was gone already", e);
      }
    }
  }
}
