package io.sluice.cdc.internal.load;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.internal.mysql.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * XA transactions that are prepared but not committed: the binlog and {@code gtid_executed} hold
 * them, no snapshot shows them. A view taken over them would lose their rows.
 */
final class PreparedXa {
  private PreparedXa() {}

  /**
   * Whether there is one; false also when the user may not ask (MySQL 8 wants XA_RECOVER_ADMIN).
   */
  static boolean exists(Connection connection) throws SQLException {
    try {
      return !Sql.query(connection, "XA RECOVER", r -> "").isEmpty();
    } catch (SQLException e) {
      if (ViewOpener.isDenied(e)) {
        return false;
      }
      throw e;
    }
  }

  static SourceException refusal() {
    return new SourceException(
        "No consistent view can be taken: XA transactions stay prepared, and no snapshot shows their rows",
        "Find them with XA RECOVER, XA COMMIT or XA ROLLBACK them, then start again");
  }
}
