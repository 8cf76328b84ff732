package io.sluice.cdc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DisposableMySqlTest {
  private static DisposableMySql mysql;

  @BeforeAll
  static void open() throws SQLException {
    mysql = DisposableMySql.builder().timeZone("+02:00").options("--max-connections=77").open();
    mysql.execute(
        "CREATE DATABASE shop", "CREATE TABLE shop.items (id INT PRIMARY KEY, name TEXT)");
  }

  @AfterAll
  static void close() {
    mysql.close();
  }

  @Test
  void writesARowBinlogWithFullImagesAndGtid() throws SQLException {
    assertThat(ask("SELECT @@log_bin")).isEqualTo("1");
    assertThat(ask("SELECT @@binlog_format")).isEqualTo("ROW");
    assertThat(ask("SELECT @@binlog_row_image")).isEqualTo("FULL");
    assertThat(ask("SELECT @@gtid_mode")).isEqualTo("ON");
    assertThat(ask("SELECT @@version")).startsWith(mysql.version());
  }

  @Test
  void takesOptionsOfItsUser() throws SQLException {
    assertThat(ask("SELECT @@max_connections")).isEqualTo("77");
    assertThat(ask("SELECT @@time_zone")).isEqualTo("+02:00");
  }

  @Test
  void servesTlsAndPlainClients() throws SQLException {
    assertThat(cipher("REQUIRED")).isNotEmpty();
    assertThat(cipher("DISABLED")).isEmpty();
  }

  @Test
  void keepsDataAndPortOverKillAndRestart() throws SQLException {
    int port = mysql.port();
    mysql.execute("INSERT INTO shop.items VALUES (1, 'before kill')");
    mysql.kill();
    mysql.start();
    mysql.execute("INSERT INTO shop.items VALUES (2, 'before restart')");
    mysql.restart();
    assertThat(mysql.port()).isEqualTo(port);
    assertThat(ask("SELECT COUNT(*) FROM shop.items")).isEqualTo("2");
  }

  @Test
  void twoServersDifferInUuidAndMayRunWithoutGtid() throws SQLException {
    try (DisposableMySql other = DisposableMySql.builder().gtid(false).serverId(2).open()) {
      assertThat(ask(other, "SELECT @@gtid_mode")).isEqualTo("OFF");
      assertThat(ask(other, "SELECT @@server_uuid")).isNotEqualTo(ask("SELECT @@server_uuid"));
    }
  }

  @Test
  void theReplicationUserMaySeeTheBinlogAndLockButNotWrite() throws SQLException {
    mysql.createReplicationUser("cdc", "it's a \\ secret");
    try (Connection connection =
            DriverManager.getConnection(mysql.jdbcUrl("shop"), "cdc", "it's a \\ secret");
        Statement statement = connection.createStatement()) {
      statement.execute("FLUSH TABLES WITH READ LOCK");
      statement.execute("UNLOCK TABLES");
      statement.execute("SHOW BINARY LOGS");
      assertThatThrownBy(() -> statement.execute("DELETE FROM items"))
          .hasMessageContaining("denied");
    }
  }

  private static String cipher(String sslMode) throws SQLException {
    String url = mysql.jdbcUrl() + "&sslMode=" + sslMode;
    try (Connection connection =
            DriverManager.getConnection(url, mysql.rootUser(), mysql.rootPassword());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW STATUS LIKE 'Ssl_cipher'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(2);
    }
  }

  private static String ask(String query) throws SQLException {
    return ask(mysql, query);
  }

  private static String ask(DisposableMySql server, String query) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
