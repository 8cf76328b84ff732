package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.Grants;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.testkit.DisposableMySql;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All connections see one moment, and the position says which. */
class ConsistentViewTest {
  private static final int ACCOUNTS = 3000;
  private static final long MONEY = 1000L * ACCOUNTS;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GLOBAL_LOCK  | SELECT, RELOAD, REPLICATION SLAVE, REPLICATION CLIENT
          TABLE_LOCKS  | SELECT, LOCK TABLES, REPLICATION SLAVE, REPLICATION CLIENT
          QUIET_MOMENT | SELECT, REPLICATION SLAVE, REPLICATION CLIENT
          """)
  void moneyIsNeitherMadeNorLost(ViewMethod method, String grants) throws Exception {
    String database = Bank.open(LoadServer.mySql(), ACCOUNTS);
    String user = "u_" + database;
    LoadServer.mySql()
        .execute(
            "CREATE USER " + user + " IDENTIFIED BY 'secret'",
            "GRANT " + grants + " ON *.* TO " + user);
    SourceConfig source = LoadServer.source(LoadServer.mySql(), user, "secret", database + ".*");
    assertThat(forecast(source, database).method()).isEqualTo(method);
    for (int round = 0; round < 3; round++) {
      RecordingOutput output = new RecordingOutput();
      AtomicReference<ViewMethod> used = new AtomicReference<>();
      AtomicReference<Duration> blocked = new AtomicReference<>();
      LoadListener listener =
          new LoadListener() {
            @Override
            public void viewTaken(LoadView view, ViewMethod by, Duration writersBlocked) {
              used.set(by);
              blocked.set(writersBlocked);
            }
          };
      try (Bank.Clerks clerks = Bank.busy(LoadServer.mySql(), database, ACCOUNTS)) {
        clerks.awaitTransfers();
        new FullLoad(source, LoadServer.load(4, 64 << 10), TypesConfig.DEFAULT, output, listener)
            .run(LoadServer.schemas(source, ZeroDates.NULL), output.state());
      }
      assertThat(used.get()).isEqualTo(method);
      assertThat(blocked.get()).isLessThan(Duration.ofSeconds(5));
      assertThat(Bank.money(output, database)).isEqualTo(MONEY);
      assertThatThePositionSaysWhatTheViewHolds(output, database);
    }
  }

  @Test
  void theForecastKnowsRightsThatComeByARoleOrForADatabase() throws Exception {
    String database = LoadServer.database();
    LoadServer.mySql()
        .execute(
            "CREATE TABLE " + database + ".t (n int primary key)",
            "CREATE ROLE locker, flusher",
            "GRANT RELOAD ON *.* TO flusher",
            "GRANT LOCK TABLES ON " + database + ".* TO locker",
            "CREATE USER byrole IDENTIFIED BY 'secret'",
            "GRANT SELECT, REPLICATION CLIENT ON *.* TO byrole",
            "GRANT locker, flusher TO byrole",
            "SET DEFAULT ROLE locker TO byrole");
    SourceConfig source =
        LoadServer.source(LoadServer.mySql(), "byrole", "secret", database + ".*");
    assertThat(forecast(source, database).method()).isEqualTo(ViewMethod.TABLE_LOCKS);
    assertThat(forecast(source, "mysql").reason()).contains("not LOCK TABLES on mysql");
    LoadServer.mySql().execute("SET DEFAULT ROLE ALL TO byrole");
    assertThat(forecast(source, database).method()).isEqualTo(ViewMethod.GLOBAL_LOCK);
  }

  private static ViewForecast forecast(SourceConfig source, String database) throws Exception {
    try (Connection connection = new MySqlConnections(source).open()) {
      return ViewForecast.of(
          Grants.read(connection),
          ServerFacts.read(connection),
          List.of(new TableName(database, "t")));
    }
  }

  /** The transfers in the journal are exactly those whose GTID or position the view names. */
  private static void assertThatThePositionSaysWhatTheViewHolds(
      RecordingOutput output, String database) throws Exception {
    LoadView view = output.state().views().get(0);
    GtidSet gtids = GtidSet.parse(Objects.requireNonNull(view.position().gtidSet()));
    assertThat(output.rows(new TableName(database, "journal")))
        .hasSize((int) Bank.transfersWithin(LoadServer.mySql(), database, view, gtids));
  }

  @Test
  void aPreparedXaTransactionIsInNoViewSoNoneIsTaken() throws Exception {
    String database = LoadServer.database();
    LoadServer.mySql().execute("CREATE TABLE " + database + ".t (n int primary key)");
    SourceConfig source = LoadServer.source(database + ".*");
    LoadServer.mySql()
        .execute(
            "XA START 'x'",
            "INSERT INTO " + database + ".t VALUES (1)",
            "XA END 'x'",
            "XA PREPARE 'x'");
    assertThatThrownBy(
            () -> LoadServer.run(source, LoadServer.load(1, 1 << 20), new RecordingOutput()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("XA RECOVER");
    LoadServer.mySql().execute("XA COMMIT 'x'");
    RecordingOutput output = new RecordingOutput();
    LoadServer.run(source, LoadServer.load(1, 1 << 20), output);
    assertThat(output.counted()).isEqualTo(1);
  }

  @Test
  void withoutGtidAndWithoutAnyLockItRefuses() throws Exception {
    try (DisposableMySql server = DisposableMySql.builder().gtid(false).open()) {
      server.execute(
          "CREATE DATABASE d",
          "CREATE TABLE d.t (n int primary key)",
          "CREATE USER reader IDENTIFIED BY 'secret'",
          "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO reader");
      SourceConfig source = LoadServer.source(server, "reader", "secret", "d.*");
      assertThatThrownBy(
              () -> LoadServer.run(source, LoadServer.load(2, 1 << 20), new RecordingOutput()))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("GRANT LOCK TABLES");
      server.execute("GRANT LOCK TABLES ON *.* TO reader");
      RecordingOutput output = new RecordingOutput();
      LoadServer.run(source, LoadServer.load(2, 1 << 20), output);
      assertThat(output.state().views().get(0).position().gtidSet()).isNull();
    }
  }
}
