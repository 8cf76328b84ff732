package io.sluice.cdc.examples.command;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of the server. */
final class SourceTables {
  private static final String ALL =
      "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE'";

  private SourceTables() {}

  static String jdbcUrl(SourceConfig source) {
    boolean mayBePlain = source.tls() == TlsMode.DISABLED || source.tls() == TlsMode.PREFERRED;
    String host = source.host().contains(":") ? "[" + source.host() + "]" : source.host();
    return "jdbc:mysql://"
        + host
        + ":"
        + source.port()
        + "/?sslMode="
        + source.tls()
        + "&allowPublicKeyRetrieval="
        + mayBePlain
        + "&connectTimeout="
        + source.connectTimeout().toMillis();
  }

  /** The tables that the configuration includes. */
  static List<TableName> included(SourceConfig source) throws SQLException {
    return all(source).stream().filter(source::includes).toList();
  }

  /** All tables that the user can see. */
  static List<TableName> all(SourceConfig source) throws SQLException {
    List<TableName> tables = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl(source), source.user(), source.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ALL)) {
      while (rows.next()) {
        tables.add(new TableName(rows.getString(1), rows.getString(2)));
      }
    }
    return tables;
  }

  /** What it means that they cannot be read. */
  static SourceException unreadable(SourceConfig source, SQLException e) {
    return new SourceException(
        "MySQL at " + source.host() + ":" + source.port() + " cannot be read: " + e.getMessage(),
        "Look at source.host, source.port, source.user, source.password and source.tls, and that the user may SELECT",
        e);
  }
}
