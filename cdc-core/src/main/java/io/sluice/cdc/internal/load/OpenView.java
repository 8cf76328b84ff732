package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.SourcePosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Connections that see the same moment.
 *
 * @param position what they see: every transaction up to it and none after
 * @param takenMicros when, by the server's clock
 * @param method how writers were kept out
 * @param writersBlocked from asking for the lock to giving it back; zero without a lock
 * @param connections each in a transaction of its own
 */
record OpenView(
    SourcePosition position,
    long takenMicros,
    ViewMethod method,
    Duration writersBlocked,
    List<Connection> connections)
    implements AutoCloseable {

  /** Drops the connections at once, whatever they are doing. */
  void abort() {
    QuietMoment.abort(connections);
  }

  /** Closes the connections, which must be idle or dropped. */
  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
