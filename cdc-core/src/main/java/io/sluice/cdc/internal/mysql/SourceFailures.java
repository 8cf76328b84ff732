package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.error.SourceException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Says in one sentence what a failure of MySQL means and what to do; never with the password. */
public final class SourceFailures {
  private static final int ACCESS_DENIED = 1045;
  private static final int ACCESS_DENIED_NO_PASSWORD = 1698;
  private static final int TOO_MANY_CONNECTIONS = 1040;
  private static final int USER_LIMIT = 1226;
  private static final int HOST_NOT_ALLOWED = 1130;
  private static final int HOST_BLOCKED = 1129;

  private SourceFailures() {}

  /** The failure to open a connection. */
  public static SourceException connecting(SourceConfig source, SQLException e) {
    String server = source.host() + ":" + source.port();
    return switch (e.getErrorCode()) {
      case ACCESS_DENIED, ACCESS_DENIED_NO_PASSWORD ->
          new SourceException(
              "MySQL at "
                  + server
                  + " does not accept the user '"
                  + source.user()
                  + "' with the given password",
              "Check source.user and source.password, and that the user may come from this machine",
              e);
      case HOST_NOT_ALLOWED, HOST_BLOCKED ->
          new SourceException(
              "MySQL at "
                  + server
                  + " does not let this machine connect (user '"
                  + source.user()
                  + "')",
              "Create the user for this machine's address, or run FLUSH HOSTS when it was blocked",
              e);
      case TOO_MANY_CONNECTIONS, USER_LIMIT ->
          new SourceException(
              "MySQL at " + server + " has no connection left for the user '" + source.user() + "'",
              "Lower load.parallelism, or raise max_connections and the user's limits",
              e);
      default -> unreachable(source, server, e);
    };
  }

  private static SourceException unreachable(SourceConfig source, String server, SQLException e) {
    if (hasCause(e, SSLException.class)) {
      return new SourceException(
          "No encrypted connection to MySQL at "
              + server
              + " with source.tls="
              + source.tls()
              + ": "
              + rootMessage(e),
          "Check the server's certificate and its TLS versions, or choose another source.tls",
          e);
    }
    return new SourceException(
        "No connection to MySQL at "
            + server
            + " for the user '"
            + source.user()
            + "': "
            + rootMessage(e),
        "Check source.host and source.port, that the server runs, and that no firewall lies between",
        e);
  }

  /**
   * A failure while something was done.
   *
   * @param doing what was done, e.g. {@code reading shop.orders}
   */
  public static SourceException during(String doing, SQLException e) {
    return new SourceException(
        "MySQL failed while " + doing + ": " + rootMessage(e) + " (error " + e.getErrorCode() + ")",
        "See to the server or the privilege that it names, then start again: what is committed is kept",
        e);
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return message.strip().lines().findFirst().orElse("").replaceAll("\\.$", "");
  }
}
