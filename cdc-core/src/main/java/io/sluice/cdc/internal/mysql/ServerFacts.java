package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself.
 *
 * @param version as the server prints it, e.g. {@code 8.0.15} or {@code 5.7.44-log}
 * @param variables its global variables that matter here, lower-case names; one that the server
 *     does not know is absent
 */
public record ServerFacts(String version, Map<String, String> variables) {
  private static final List<String> NAMES =
      List.of(
          "server_uuid",
          "server_id",
          "gtid_mode",
          "log_bin",
          "binlog_format",
          "binlog_row_image",
          "binlog_row_value_options",
          "binlog_row_metadata",
          "binlog_expire_logs_seconds",
          "expire_logs_days",
          "lower_case_table_names",
          "max_allowed_packet",
          "basedir",
          "aurora_version",
          "show_gipk_in_create_table_and_information_schema",
          "version");

  /** Copies the map. */
  public ServerFacts {
    variables = Map.copyOf(variables);
  }

  /** Asks the server. */
  public static ServerFacts read(Connection connection) throws SQLException {
    Map<String, String> variables = new TreeMap<>();
    String list = "'" + String.join("','", NAMES) + "'";
    Sql.query(
        connection,
        "SHOW GLOBAL VARIABLES WHERE Variable_name IN (" + list + ")",
        r -> variables.put(r.getString(1).toLowerCase(Locale.ROOT), r.getString(2)));
    return new ServerFacts(variables.getOrDefault("version", "unknown"), variables);
  }

  /** A variable, upper case, or an empty text when the server does not know it. */
  public String value(String name) {
    return variables.getOrDefault(name, "").toUpperCase(Locale.ROOT);
  }

  /** Whether a variable is on. */
  public boolean isOn(String name) {
    return value(name).equals("ON") || value(name).equals("1");
  }

  /** {@code server_uuid}. */
  public String serverUuid() {
    return variables.getOrDefault("server_uuid", "");
  }

  /** Whether every transaction has a GTID. */
  public boolean gtid() {
    return value("gtid_mode").equals("ON");
  }

  /**
   * Whether it is Amazon RDS or Aurora, which refuse {@code FLUSH TABLES WITH READ LOCK} also to
   * those who have the privilege.
   */
  public boolean isManaged() {
    return variables.containsKey("aurora_version") || value("basedir").contains("/RDSDBBIN");
  }

  /** How names of tables are compared: 0 exactly, 1 and 2 without regard to case. */
  public int lowerCaseTableNames() {
    return Integer.parseInt(variables.getOrDefault("lower_case_table_names", "0"));
  }

  /**
   * How long binlog files are kept at least, or null when for ever (or when something else removes
   * them).
   */
  public @Nullable Duration retention() {
    long seconds = Long.parseLong(variables.getOrDefault("binlog_expire_logs_seconds", "0"));
    long days = Long.parseLong(variables.getOrDefault("expire_logs_days", "0"));
    long kept = seconds > 0 ? seconds : days * 86_400;
    return kept > 0 ? Duration.ofSeconds(kept) : null;
  }

  /** Whether the version is at least the given one. */
  public boolean atLeast(int major, int minor) {
    String[] parts = version.split("[^0-9]+");
    int ownMajor = parts.length > 0 && !parts[0].isEmpty() ? Integer.parseInt(parts[0]) : 0;
    int ownMinor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    return ownMajor > major || (ownMajor == major && ownMinor >= minor);
  }

  /**
   * Where the binlog is now. The GTID set may lag behind the file position while transactions are
   * being committed; under a lock that keeps commits out both are the same moment.
   */
  public SourcePosition position(Connection connection) throws SQLException {
    String sql = atLeast(8, 4) ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
    List<SourcePosition> rows =
        Sql.query(
            connection,
            sql,
            r ->
                new SourcePosition(
                    r.getString("File"),
                    r.getLong("Position"),
                    gtid() ? gtidSet(r.getString("Executed_Gtid_Set")) : null,
                    serverUuid()));
    if (rows.isEmpty()) {
      throw new SourceException(
          "The server writes no binlog: " + sql + " is empty",
          "Turn log_bin on and start the server again");
    }
    return rows.get(0);
  }

  private static String gtidSet(@Nullable String text) {
    return text == null ? "" : text.replaceAll("\\s", "");
  }
}
