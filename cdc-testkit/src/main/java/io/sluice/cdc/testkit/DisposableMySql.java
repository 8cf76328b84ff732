package io.sluice.cdc.testkit;

import io.sluice.cdc.testkit.internal.mysql.MySqlServer;
import io.sluice.cdc.testkit.internal.mysql.MySqlSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A real MySQL for a test: row-based binlog with full images, GTID on, a random port of 127.0.0.1,
 * a folder of its own.
 *
 * <p>Which MySQL: the image that {@code cdc.test.mysql.image} names (Testcontainers must be on the
 * class path), else the installed {@code mysqld} that {@code cdc.test.mysql.path} names, else the
 * bundled MySQL 8.0.15. Both are read from system properties or from the environment ({@code
 * CDC_TEST_MYSQL_IMAGE}, {@code CDC_TEST_MYSQL_PATH}).
 *
 * <p>Lifecycle: it runs from {@link #open()} to {@link #close()}; the process and its folder also
 * vanish when this JVM ends in any way, {@code kill -9} included. Closing twice is fine.
 * Thread-safe.
 */
public final class DisposableMySql implements AutoCloseable {
  private static final String ROOT = "root";

  private final MySqlServer server;

  private DisposableMySql(MySqlServer server) {
    this.server = server;
  }

  /** Starts one with all defaults; returns when it accepts connections. */
  public static DisposableMySql open() {
    return builder().open();
  }

  public static Builder builder() {
    return new Builder();
  }

  public String host() {
    return server.host();
  }

  /** The port; it stays the same over {@link #restart()} and {@link #kill()}. */
  public int port() {
    return server.port();
  }

  /** The server's version, such as {@code 8.0.15}. */
  public String version() {
    return server.version();
  }

  /** The process id of the running server (in a container: as the host sees it). */
  public long pid() {
    return server.pid();
  }

  /** A user that may do everything, from everywhere. */
  public String rootUser() {
    return ROOT;
  }

  public String rootPassword() {
    return MySqlServer.ROOT_PASSWORD;
  }

  /**
   * A JDBC URL without a database. TLS is used when the client wants it; plain connections work
   * too.
   */
  public String jdbcUrl() {
    return jdbcUrl("");
  }

  public String jdbcUrl(String database) {
    return "jdbc:mysql://"
        + host()
        + ":"
        + port()
        + "/"
        + database
        + "?allowPublicKeyRetrieval=true";
  }

  /** A new connection of the root user; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), ROOT, rootPassword());
  }

  /** Runs the statements as root, in this order, on one connection with auto-commit. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Makes a user with exactly the rights that Sluice needs: read, lock for a moment, and follow the
   * binlog.
   */
  public void createReplicationUser(String name, String password) throws SQLException {
    String user = literal(name) + "@'%'";
    execute(
        "CREATE USER " + user + " IDENTIFIED BY " + literal(password),
        "GRANT SELECT, RELOAD, LOCK TABLES, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO "
            + user);
  }

  /** Forgets all binlogs and GTIDs, with the statement that the server's version has for it. */
  public void resetBinlog() throws SQLException {
    execute(version().startsWith("8.0.") ? "RESET MASTER" : "RESET BINARY LOGS AND GTIDS");
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** Stops the server in order and starts it again on the same data and port. */
  public void restart() {
    server.stop();
    server.start();
  }

  /** Stops the server in order; the data stay for {@link #start()}. */
  public void stop() {
    server.stop();
  }

  /** Kills the server as {@code kill -9} does; the data stay for {@link #start()}. */
  public void kill() {
    server.kill();
  }

  /**
   * Starts a stopped or killed server on the same data and port; returns when it accepts
   * connections.
   */
  public void start() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Collects what differs from the defaults. Not thread-safe; may be used for several servers. */
  public static final class Builder {
    private static final String DEFAULT_TIME_ZONE = "+00:00";
    private static final int DEFAULT_SERVER_ID = 1;

    private boolean gtid = true;
    private int serverId = DEFAULT_SERVER_ID;
    private String timeZone = DEFAULT_TIME_ZONE;
    private final List<String> options = new ArrayList<>();

    private Builder() {}

    /** Whether transactions get a GTID; true by default. */
    public Builder gtid(boolean on) {
      this.gtid = on;
      return this;
    }

    /** The {@code server_id}; 1 by default. Two servers of one replication must differ. */
    public Builder serverId(int id) {
      this.serverId = id;
      return this;
    }

    /** The server's default time zone as an offset such as {@code +02:00}; UTC by default. */
    public Builder timeZone(String offset) {
      this.timeZone = offset;
      return this;
    }

    /**
     * Further options as mysqld takes them, such as {@code --innodb-buffer-pool-size=1G}; they
     * override ours.
     */
    public Builder options(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    /** Starts the server; returns when it accepts connections. */
    public DisposableMySql open() {
      return new DisposableMySql(new MySqlSettings(gtid, serverId, timeZone, options).open());
    }
  }
}
