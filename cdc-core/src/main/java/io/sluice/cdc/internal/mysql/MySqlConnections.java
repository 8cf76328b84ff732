package io.sluice.cdc.internal.mysql;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.Driver;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Opens connections to the configured server. All of them speak UTC and UTF-8, read dates as they
 * are, and wait for a slow reader as long as it takes. Thread-safe; connections belong to the
 * caller.
 */
public final class MySqlConnections {
  /** No limit of the server or the account may cut a statement short or hide rows from it. */
  private static final List<String> SESSION =
      List.of(
          "time_zone='+00:00'",
          "sql_mode='ALLOW_INVALID_DATES'",
          "sql_select_limit=DEFAULT",
          "sql_big_selects=1",
          "max_execution_time=0",
          "transaction_isolation='REPEATABLE-READ'",
          "net_write_timeout=86400",
          "net_read_timeout=3600",
          "wait_timeout=604800");

  private final SourceConfig source;

  /** Nothing is opened yet. */
  public MySqlConnections(SourceConfig source) {
    this.source = source;
  }

  /** The configuration it opens connections for. */
  public SourceConfig source() {
    return source;
  }

  /**
   * Opens a connection with auto-commit.
   *
   * @throws io.sluice.cdc.error.SourceException when the server cannot be reached or refuses the
   *     user
   */
  public Connection open() {
    try {
      Connection connection = new Driver().connect(url(), properties());
      if (connection == null) {
        throw new SQLException("the driver does not accept " + url());
      }
      return connection;
    } catch (SQLException e) {
      throw SourceFailures.connecting(source, e);
    }
  }

  /** A statement whose result arrives row by row and is never held in memory as a whole. */
  public static Statement streaming(Connection connection) throws SQLException {
    Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(Integer.MIN_VALUE);
    return statement;
  }

  private String url() {
    String host = source.host().contains(":") ? "[" + source.host() + "]" : source.host();
    return "jdbc:mysql://" + host + ":" + source.port() + "/";
  }

  private Properties properties() {
    long timeout = source.connectTimeout().toMillis();
    boolean mayBePlain = source.tls() == TlsMode.DISABLED || source.tls() == TlsMode.PREFERRED;
    Map<PropertyKey, Object> values =
        Map.ofEntries(
            Map.entry(PropertyKey.USER, source.user()),
            Map.entry(PropertyKey.PASSWORD, source.password()),
            Map.entry(PropertyKey.sslMode, source.tls().name()),
            Map.entry(PropertyKey.allowPublicKeyRetrieval, mayBePlain),
            Map.entry(PropertyKey.connectTimeout, timeout),
            Map.entry(PropertyKey.tcpKeepAlive, true),
            Map.entry(PropertyKey.tcpNoDelay, true),
            Map.entry(PropertyKey.characterEncoding, "UTF-8"),
            // Without it the driver asks for every column in the column's own character set.
            Map.entry(PropertyKey.characterSetResults, "UTF-8"),
            Map.entry(PropertyKey.connectionTimeZone, "UTC"),
            Map.entry(PropertyKey.sessionVariables, String.join(",", SESSION)),
            Map.entry(PropertyKey.netTimeoutForStreamingResults, 0),
            Map.entry(PropertyKey.useServerPrepStmts, false),
            Map.entry(PropertyKey.tinyInt1isBit, false),
            Map.entry(PropertyKey.yearIsDateType, false),
            Map.entry(PropertyKey.allowLoadLocalInfile, false),
            Map.entry(PropertyKey.maintainTimeStats, false));
    Properties properties = new Properties();
    values.forEach((key, value) -> properties.setProperty(key.getKeyName(), value.toString()));
    return properties;
  }
}
