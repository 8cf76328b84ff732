package io.sluice.cdc.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.ColumnRule;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.CarryAs;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.testkit.DisposableMySql;
import java.net.ServerSocket;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers, users and tables that Sluice cannot take are refused with names and remedies. */
class ServerCheckTest {
  private static DisposableMySql server;

  @BeforeAll
  static void open() throws Exception {
    server = DisposableMySql.open();
    server.execute(
        "CREATE DATABASE d",
        "CREATE TABLE d.t (n int primary key)",
        "CREATE TABLE d.`select ``x``.y` (`a``b` int, u int not null, unique (u))",
        "CREATE VIEW d.v AS SELECT * FROM d.t",
        "CREATE DATABASE old",
        "CREATE TABLE old.m (n int primary key) ENGINE = MyISAM");
    server.createReplicationUser("sluice", "secret");
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsMode.class,
      names = {"DISABLED", "PREFERRED", "REQUIRED"})
  void anEnabledUserPassesOnEveryKindOfConnection(TlsMode tls) throws Exception {
    try (Connection connection =
        new MySqlConnections(source("sluice", "secret", tls, "d.*")).open()) {
      ServerFacts facts = ServerFacts.read(connection);
      assertThatCode(() -> ServerCheck.check(connection, facts, List.of(new TableName("d", "t"))))
          .doesNotThrowAnyException();
      assertThat(facts.gtid()).isTrue();
      assertThat(facts.atLeast(5, 7)).isTrue();
      assertThat(facts.position(connection).serverUuid()).isEqualTo(facts.serverUuid()).hasSize(36);
      boolean encrypted =
          !String.valueOf(
                  Sql.query(connection, "SHOW STATUS LIKE 'Ssl_cipher'", r -> r.getString(2))
                      .get(0))
              .isEmpty();
      assertThat(encrypted).isEqualTo(tls != TlsMode.DISABLED);
    }
  }

  @Test
  void everythingThatIsMissingIsToldAtOnce() throws Exception {
    server.execute(
        "CREATE USER 'po''or'@'%' IDENTIFIED BY 'secret'",
        "GRANT SELECT (n) ON d.t TO 'po''or'@'%'",
        "SET GLOBAL binlog_format = 'STATEMENT', GLOBAL binlog_row_image = 'MINIMAL', GLOBAL binlog_row_value_options = 'PARTIAL_JSON'");
    try (Connection connection =
        new MySqlConnections(source("po'or", "secret", TlsMode.DISABLED, "d.*")).open()) {
      ServerFacts facts = ServerFacts.read(connection);
      assertThatThrownBy(
              () ->
                  ServerCheck.check(connection, facts, List.of(new TableName("d", "select `x`.y"))))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("binlog_format is STATEMENT")
          .hasMessageContaining("SET GLOBAL binlog_row_image = 'FULL'")
          .hasMessageContaining("SET GLOBAL binlog_row_value_options = ''")
          .hasMessageContaining("GRANT REPLICATION CLIENT ON *.* TO 'po''or'@'%'")
          .hasMessageContaining("GRANT REPLICATION SLAVE ON *.* TO 'po''or'@'%'")
          .hasMessageContaining("GRANT SELECT ON `d`.`select ``x``.y` TO 'po''or'@'%'");
    } finally {
      server.execute(
          "SET GLOBAL binlog_format = 'ROW', GLOBAL binlog_row_image = 'FULL', GLOBAL binlog_row_value_options = ''");
    }
  }

  @Test
  void aTableWithoutConsistentViewsIsRefused() throws Exception {
    try (Connection connection = server.connect()) {
      ServerFacts facts = ServerFacts.read(connection);
      assertThatThrownBy(
              () -> ServerCheck.check(connection, facts, List.of(new TableName("old", "m"))))
          .hasMessageContaining("old.m is kept by MyISAM")
          .hasMessageContaining("ALTER TABLE `old`.`m` ENGINE = InnoDB");
    }
  }

  @Test
  void aServerWithoutBinlogIsRefused() throws Exception {
    try (DisposableMySql without =
            DisposableMySql.builder().gtid(false).options("--skip-log-bin").open();
        Connection connection = without.connect()) {
      assertThatThrownBy(
              () -> ServerCheck.check(connection, ServerFacts.read(connection), List.of()))
          .hasMessageContaining("log_bin is off");
    }
  }

  @Test
  void aWrongPasswordIsToldWithoutThePassword() {
    SourceConfig wrong = source("sluice", "hunter2", TlsMode.DISABLED, "d.*");
    assertThatThrownBy(() -> new MySqlConnections(wrong).open())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("does not accept the user 'sluice'")
        .hasMessageContaining("source.password")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void anUnreachableServerIsNamed() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    SourceConfig nowhere =
        SourceConfig.builder()
            .host("127.0.0.1")
            .port(free)
            .user("sluice")
            .include("d.*")
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    assertThatThrownBy(() -> new MySqlConnections(nowhere).open())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("No connection to MySQL at 127.0.0.1:" + free)
        .hasMessageContaining("source.host");
  }

  @Test
  void includedTablesAreDescribed() throws Exception {
    SourceConfig source = source("sluice", "secret", TlsMode.DISABLED, "d.*");
    try (Connection connection = new MySqlConnections(source).open()) {
      List<TableSchema> schemas = new Catalog(source, TypesConfig.DEFAULT).read(connection);
      assertThat(schemas).extracting(s -> s.table().table()).containsExactly("select `x`.y", "t");
      assertThat(schemas.get(0).columns()).extracting(Column::name).containsExactly("a`b", "u");
      assertThat(schemas.get(0).key()).containsExactly("u");
      assertThat(schemas.get(1).key()).containsExactly("n");
    }
  }

  @Test
  void aPatternWithoutATableIsRefused() throws Exception {
    SourceConfig source =
        source("sluice", "secret", TlsMode.DISABLED, "d.*", "d.orders", "mysql.*");
    try (Connection connection = new MySqlConnections(source).open()) {
      assertThatThrownBy(() -> new Catalog(source, TypesConfig.DEFAULT).read(connection))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("d.orders")
          .hasMessageContaining("mysql.*");
    }
  }

  @Test
  void columnsThatCannotBeCarriedAreToldAtOnce() throws Exception {
    server.execute(
        "CREATE DATABASE odd",
        "CREATE TABLE odd.a (n int primary key, place geometry, _CDC_op int)",
        "CREATE TABLE odd.b (spot point)");
    SourceConfig source = source("sluice", "secret", TlsMode.DISABLED, "odd.*");
    try (Connection connection = new MySqlConnections(source).open()) {
      TypesConfig types =
          TypesConfig.DEFAULT.withColumns(List.of(new ColumnRule("odd.*.*p*", CarryAs.BOOLEAN)));
      assertThatThrownBy(() -> new Catalog(source, types).read(connection))
          .isInstanceOf(UnsupportedColumnException.class)
          .hasMessageContaining(
              "odd.a.place (type geometry: types.columns has odd.*.*p* as boolean")
          .hasMessageContaining("odd.a._CDC_op")
          .hasMessageContaining("odd.b.spot (type point: types.columns");
    }
  }

  @Test
  void theFirstUniqueIndexOverWholeNotNullColumnsIsTheKey() throws Exception {
    server.execute(
        "CREATE DATABASE uniq",
        "CREATE TABLE uniq.a (z int not null, a int, b varchar(50) not null, c int not null, unique k1 (a), unique k2 (b(10)), unique k3 (c, z), unique k0 (z))",
        "CREATE TABLE uniq.none (a int, unique (a))");
    SourceConfig source = source("sluice", "secret", TlsMode.DISABLED, "uniq.*");
    try (Connection connection = new MySqlConnections(source).open()) {
      List<TableSchema> schemas = new Catalog(source, TypesConfig.DEFAULT).read(connection);
      assertThat(schemas.get(0).key()).containsExactly("c", "z");
      assertThat(schemas.get(1).key()).isEmpty();
    }
  }

  private static SourceConfig source(String user, String password, TlsMode tls, String... include) {
    return SourceConfig.builder()
        .host(server.host())
        .port(server.port())
        .user(user)
        .password(password)
        .tls(tls)
        .include(include)
        .build();
  }
}
