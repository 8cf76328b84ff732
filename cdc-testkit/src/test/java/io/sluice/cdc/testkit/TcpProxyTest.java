package io.sluice.cdc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private static DisposableMySql mysql;

  private TcpProxy proxy;

  @BeforeAll
  static void openServer() {
    mysql = DisposableMySql.open();
  }

  @AfterAll
  static void closeServer() {
    mysql.close();
  }

  @BeforeEach
  void openProxy() {
    proxy = TcpProxy.open(mysql);
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  @Test
  void passesConnectionsWithTlsAndPlain() throws SQLException {
    for (String mode : new String[] {"REQUIRED", "DISABLED"}) {
      try (Connection connection = connect("&sslMode=" + mode)) {
        assertThat(ask(connection, "SELECT REPEAT('x', 1000000)")).hasSize(1_000_000);
      }
    }
    await().until(() -> proxy.connections() == 0);
  }

  @Test
  void cutsOpenConnectionsButTakesNewOnes() throws SQLException {
    try (Connection connection = connect("")) {
      assertThat(proxy.connections()).isEqualTo(1);
      proxy.cut();
      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(connection, "SELECT 1"));
    }
    try (Connection connection = connect("")) {
      assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesNewConnectionsButKeepsOpenOnes() throws SQLException {
    try (Connection connection = connect("")) {
      proxy.refuse(true);
      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(""));
      assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
      proxy.refuse(false);
    }
    connect("").close();
  }

  @Test
  void holdsBytesBackUntilReleased() throws SQLException {
    try (Connection connection = connect("&socketTimeout=300")) {
      proxy.hold(true);
      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(connection, "SELECT 1"));
      proxy.hold(false);
    }
    connect("").close();
  }

  @Test
  void delaysAndThrottles() throws SQLException {
    try (Connection connection = connect("&sslMode=DISABLED")) {
      proxy.delay(Duration.ofMillis(100));
      assertThat(time(connection, "SELECT 1")).isGreaterThanOrEqualTo(Duration.ofMillis(200));
      proxy.delay(Duration.ZERO);
      proxy.throttle(100_000);
      assertThat(time(connection, "SELECT REPEAT('x', 40000)"))
          .isGreaterThanOrEqualTo(Duration.ofMillis(350));
    }
  }

  @Test
  void passesOnThatTheServerIsGone() throws SQLException {
    try (DisposableMySql other = DisposableMySql.open();
        TcpProxy wire = TcpProxy.open(other)) {
      String url =
          "jdbc:mysql://" + wire.host() + ":" + wire.port() + "/?allowPublicKeyRetrieval=true";
      Connection connection =
          DriverManager.getConnection(url, other.rootUser(), other.rootPassword());
      other.kill();
      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(connection, "SELECT 1"));
      other.start();
      DriverManager.getConnection(url, other.rootUser(), other.rootPassword()).close();
    }
  }

  private static Duration time(Connection connection, String query) throws SQLException {
    Instant start = Instant.now();
    ask(connection, query);
    return Duration.between(start, Instant.now());
  }

  private Connection connect(String more) throws SQLException {
    String url =
        "jdbc:mysql://"
            + proxy.host()
            + ":"
            + proxy.port()
            + "/?allowPublicKeyRetrieval=true"
            + more;
    return DriverManager.getConnection(url, mysql.rootUser(), mysql.rootPassword());
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
