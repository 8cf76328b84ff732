package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.status.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Refuses a server that Sluice cannot follow safely, with everything that is wrong and the SQL that
 * puts it right.
 */
public final class ServerCheck {
  private static final int NAMED_TABLES = 10;
  private static final int NO_SUCH_TABLE = 1146;

  private final Connection connection;
  private final String user;
  private final List<Finding> problems = new ArrayList<>();

  private ServerCheck(Connection connection) throws SQLException {
    this.connection = connection;
    this.user = grantee(connection);
  }

  /**
   * Checks version, settings and privileges.
   *
   * @param tables the tables to be read
   * @throws SourceException with all problems
   */
  public static void check(Connection connection, ServerFacts facts, Collection<TableName> tables)
      throws SQLException {
    List<Finding> problems = problems(connection, facts, tables);
    if (!problems.isEmpty()) {
      throw new SourceException(
          "MySQL cannot be followed safely: "
              + problems.stream().map(Finding::problem).collect(Collectors.joining("; ")),
          "Run as an administrator: "
              + problems.stream().map(Finding::remedy).collect(Collectors.joining("; ")));
    }
  }

  /** As {@link #check}, but returns the problems. */
  public static List<Finding> problems(
      Connection connection, ServerFacts facts, Collection<TableName> tables) throws SQLException {
    ServerCheck check = new ServerCheck(connection);
    check.version(facts);
    check.settings(facts);
    check.privileges(facts);
    check.select(tables);
    check.engines(tables);
    return List.copyOf(check.problems);
  }

  /** What would make following the server safer, for people; nothing is refused for it. */
  public static List<String> advice(ServerFacts facts) {
    return facts.value("binlog_row_metadata").equals("MINIMAL")
        ? List.of(
            "binlog_row_metadata is MINIMAL: columns that change places without the binlog (sql_log_bin=0) can then not be"
                + " found where their types agree. SET PERSIST binlog_row_metadata = 'FULL' tells their names")
        : List.of();
  }

  private void version(ServerFacts facts) {
    if (facts.version().contains("MariaDB")) {
      add("the server is MariaDB " + facts.version(), "use MySQL 5.7 or later");
    } else if (!facts.atLeast(5, 7)) {
      add("the server is MySQL " + facts.version(), "use MySQL 5.7 or later");
    }
  }

  private void settings(ServerFacts facts) {
    if (!facts.isOn("log_bin")) {
      add(
          "log_bin is off",
          "start the server with --log-bin (on RDS and Aurora: turn backups and binlog_format=ROW on)");
    }
    if (!facts.value("binlog_format").equals("ROW")) {
      add("binlog_format is " + facts.value("binlog_format"), "SET GLOBAL binlog_format = 'ROW'");
    }
    if (!facts.value("binlog_row_image").equals("FULL")) {
      add(
          "binlog_row_image is " + facts.value("binlog_row_image"),
          "SET GLOBAL binlog_row_image = 'FULL'");
    }
    if (!facts.value("binlog_row_value_options").isEmpty()) {
      add(
          "binlog_row_value_options is " + facts.value("binlog_row_value_options"),
          "SET GLOBAL binlog_row_value_options = ''");
    }
    if (facts.value("show_gipk_in_create_table_and_information_schema").equals("OFF")) {
      add(
          "show_gipk_in_create_table_and_information_schema is OFF, so that generated keys are in the binlog and in no"
              + " structure",
          "SET GLOBAL show_gipk_in_create_table_and_information_schema = ON");
    }
    if (facts.value("server_id").equals("0")) {
      add("server_id is 0, so that no replica can connect", "SET GLOBAL server_id = 1");
    }
  }

  private void privileges(ServerFacts facts) {
    boolean renamed = facts.atLeast(8, 4);
    if (facts.isOn("log_bin")) {
      need("REPLICATION CLIENT", renamed ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS");
    }
    need("REPLICATION SLAVE", facts.atLeast(8, 1) ? "SHOW REPLICAS" : "SHOW SLAVE HOSTS");
  }

  private void need(String privilege, String proof) {
    try {
      Sql.query(connection, proof, r -> "");
    } catch (SQLException e) {
      add(
          "the user " + user + " has not the privilege " + privilege + " (" + e.getMessage() + ")",
          "GRANT " + privilege + " ON *.* TO " + user);
    }
  }

  private void select(Collection<TableName> tables) {
    int refused = 0;
    for (TableName table : tables) {
      try {
        Sql.query(connection, "SELECT * FROM " + table.quoted() + " LIMIT 0", r -> "");
      } catch (SQLException e) {
        if (e.getErrorCode() == NO_SUCH_TABLE) {
          continue; // dropped or renamed since the tables were listed
        }
        if (refused++ < NAMED_TABLES) {
          add(
              "the user " + user + " cannot read " + table + " (" + e.getMessage() + ")",
              "GRANT SELECT ON " + table.quoted() + " TO " + user);
        }
      }
    }
    if (refused > NAMED_TABLES) {
      add(
          (refused - NAMED_TABLES) + " more tables cannot be read",
          "GRANT SELECT ON *.* TO " + user);
    }
  }

  /** Other engines show every reader the present, not the moment of its view. */
  private void engines(Collection<TableName> tables) throws SQLException {
    if (tables.isEmpty()) {
      return;
    }
    Set<TableName> wanted = new HashSet<>(tables);
    Map<TableName, String> unfit = new TreeMap<>();
    Sql.query(
        connection,
        "SELECT TABLE_SCHEMA, TABLE_NAME, ENGINE FROM information_schema.TABLES"
            + " WHERE ENGINE NOT IN ('InnoDB', 'ROCKSDB') AND "
            + Catalog.scope(wanted),
        r -> {
          TableName table = new TableName(r.getString(1), r.getString(2));
          return wanted.contains(table) && unfit.put(table, r.getString(3)) == null;
        },
        Catalog.parameters(wanted));
    unfit.forEach(
        (table, engine) ->
            add(
                table + " is kept by " + engine + ", which has no consistent views",
                "ALTER TABLE "
                    + table.quoted()
                    + " ENGINE = InnoDB, or exclude it with source.exclude"));
  }

  private void add(String problem, String remedy) {
    problems.add(new Finding(problem, remedy));
  }

  private static String grantee(Connection connection) throws SQLException {
    String account = String.valueOf(Sql.first(connection, "SELECT CURRENT_USER()"));
    int at = account.lastIndexOf('@');
    return quote(account.substring(0, at)) + "@" + quote(account.substring(at + 1));
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
