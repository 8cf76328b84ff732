package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.HistoryEntry;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.internal.mysql.Sql;
import io.sluice.cdc.testkit.DisposableMySql;
import java.net.ServerSocket;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Everything the row lane expects of Debezium. When an upgrade breaks one of these, the lane has to
 * be looked at before anything else.
 */
@Tag("servers")
class LaneContractTest {
  private static DisposableMySql mysql;

  private final Map<String, String> committed = new LinkedHashMap<>();
  private RecordingReceiver receiver;

  @BeforeAll
  static void startServer() {
    mysql = DisposableMySql.open();
  }

  @AfterAll
  static void stopServer() {
    mysql.close();
  }

  @BeforeEach
  void makeTables() throws Exception {
    mysql.execute(
        "DROP DATABASE IF EXISTS shop",
        "CREATE DATABASE shop",
        "CREATE TABLE shop.a (id INT PRIMARY KEY, v VARCHAR(20))",
        "CREATE TABLE shop.b (id INT PRIMARY KEY, v VARCHAR(20))");
    receiver = new RecordingReceiver();
  }

  @Test
  void rowsArriveInOrderBetweenBeginAndIdle() throws Exception {
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      mysql.execute(
          "INSERT INTO shop.a VALUES (1,'x'),(2,'y')",
          "UPDATE shop.a SET v='z' WHERE id=2",
          "DELETE FROM shop.a WHERE id=1");
      awaitLine("DELETE shop.a 1 -");
      assertThat(receiver.lines)
          .containsSubsequence(
              "begin",
              "INSERT shop.a - 1",
              "INSERT shop.a - 2",
              "idle",
              "begin",
              "UPDATE shop.a 2 2",
              "idle",
              "begin",
              "DELETE shop.a 1 -");
    }
  }

  @Test
  void truncateDropCreateAndAlterAreToldBeforeRowsOfTheNewShape() throws Exception {
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      mysql.execute(
          "INSERT INTO shop.a VALUES (1,'x')",
          "TRUNCATE TABLE shop.a",
          "ALTER TABLE shop.a ADD COLUMN w INT",
          "INSERT INTO shop.a VALUES (3,'x',7)",
          "DROP TABLE shop.a",
          "CREATE TABLE shop.c (id INT PRIMARY KEY)",
          "INSERT INTO shop.c VALUES (9)");
      awaitLine("INSERT shop.c - 9");
      assertThat(receiver.lines)
          .containsSubsequence(
              "INSERT shop.a - 1",
              "idle",
              "begin",
              "TRUNCATE shop.a",
              "idle",
              "begin",
              "altered shop.a 3",
              "idle",
              "begin",
              "INSERT shop.a - 3",
              "idle",
              "begin",
              "gone shop.a",
              "idle",
              "created shop.c 1",
              "idle",
              "begin",
              "INSERT shop.c - 9");
    }
  }

  @Test
  void aSwapByRenamingTellsWhichTablesHaveTakenANameAndWhichNamesAreGone() throws Exception {
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      mysql.execute(
          "RENAME TABLE shop.a TO shop.old, shop.b TO shop.a",
          "ALTER TABLE shop.old ADD COLUMN x INT, RENAME TO shop.c",
          "CREATE TABLE shop.d (id INT PRIMARY KEY)");
      awaitLine("created shop.d 1");
      assertThat(receiver.lines)
          .containsSubsequence(
              "gone shop.a",
              "stale shop.old",
              "gone shop.b",
              "stale shop.a",
              "gone shop.old unknown",
              "stale shop.c");
    }
  }

  @Test
  void goesOnFromAPositionInTheMiddleOfATransactionWithoutLossOrRepetition() throws Exception {
    StreamPosition middle;
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      HistoryEntry.add(committed, lane.drainHistory());
      mysql.execute("INSERT INTO shop.a VALUES (1,'x'),(2,'x'),(3,'x'),(4,'x'),(5,'x')");
      awaitLine("INSERT shop.a - 5");
      middle = receiver.inside.get(2);
      assertThat(middle.insideTransaction()).isTrue();
    }
    receiver = new RecordingReceiver();
    try (BinlogLane lane = lane(middle, List.copyOf(committed.values()))) {
      lane.awaitReady();
      awaitLine("INSERT shop.a - 5");
      assertThat(receiver.lines)
          .filteredOn(l -> l.startsWith("INSERT"))
          .containsExactly("INSERT shop.a - 4", "INSERT shop.a - 5");
    }
  }

  /** Their events have no XID at their end, but the statement COMMIT. */
  @Test
  void transactionsOfAnEngineWithoutTransactionsEndAsWell() throws Exception {
    mysql.execute("CREATE TABLE shop.m (id INT PRIMARY KEY, v VARCHAR(20)) ENGINE=MyISAM");
    try (BinlogLane lane = lane("a", "b", "m")) {
      lane.awaitReady();
      mysql.execute("INSERT INTO shop.m VALUES (1,'x')", "INSERT INTO shop.a VALUES (1,'x')");
      awaitLine("INSERT shop.a - 1");
      assertThat(receiver.lines)
          .containsSubsequence("begin", "INSERT shop.m - 1", "idle", "begin", "INSERT shop.a - 1");
    }
  }

  @Test
  void aCompressedTransactionIsReadAndCanBeGoneOnWithInItsMiddle() throws Exception {
    assumeThat(mysql.version()).as("MySQL since 8.0.20 compresses").isNotEqualTo("8.0.15");
    StreamPosition middle;
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      HistoryEntry.add(committed, lane.drainHistory());
      mysql.execute(
          "SET SESSION binlog_transaction_compression = ON",
          "INSERT INTO shop.a VALUES (1,'x'),(2,'x'),(3,'x')",
          "SET SESSION binlog_transaction_compression = OFF",
          "INSERT INTO shop.b VALUES (9,'x')");
      awaitLine("INSERT shop.b - 9");
      assertThat(receiver.lines)
          .containsSubsequence(
              "begin",
              "INSERT shop.a - 1",
              "INSERT shop.a - 3",
              "idle",
              "begin",
              "INSERT shop.b - 9");
      middle = receiver.inside.get(1);
    }
    receiver = new RecordingReceiver();
    try (BinlogLane lane = lane(middle, List.copyOf(committed.values()))) {
      lane.awaitReady();
      awaitLine("INSERT shop.b - 9");
      assertThat(receiver.lines)
          .filteredOn(l -> l.startsWith("INSERT"))
          .containsExactly("INSERT shop.a - 3", "INSERT shop.b - 9");
    }
  }

  /** More than a packet of MySQL holds. */
  @Test
  void anEventOfSeveralPacketsIsReadAndSoIsTheNext() throws Exception {
    mysql.execute(
        "SET GLOBAL max_allowed_packet = 1 << 30",
        "CREATE TABLE shop.large (id INT PRIMARY KEY, v LONGTEXT)");
    try (BinlogLane lane = lane("a", "large")) {
      lane.awaitReady();
      mysql.execute(
          "INSERT INTO shop.large VALUES (1, REPEAT('x', 40 << 20))",
          "INSERT INTO shop.a VALUES (2,'x')");
      awaitLine("INSERT shop.large - 1");
      awaitLine("INSERT shop.a - 2");
    }
  }

  @Test
  void aStatementThatWasHandedOverIsNotReadAgain() throws Exception {
    StreamPosition after;
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      mysql.execute("INSERT INTO shop.a VALUES (1,'x')", "TRUNCATE TABLE shop.a");
      awaitLine("TRUNCATE shop.a");
      await().until(() -> receiver.lines.get(receiver.lines.size() - 1).equals("idle"));
      after = receiver.idle;
      HistoryEntry.add(committed, lane.drainHistory());
    }
    receiver = new RecordingReceiver();
    try (BinlogLane lane = lane(after, List.copyOf(committed.values()))) {
      lane.awaitReady();
      mysql.execute("INSERT INTO shop.b VALUES (1,'x')");
      awaitLine("INSERT shop.b - 1");
      assertThat(receiver.lines).doesNotContain("TRUNCATE shop.a");
    }
  }

  @Test
  void transactionsNameTheirGtidAndTheTimeOfTheirCommit() throws Exception {
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      long before = System.currentTimeMillis() * 1000;
      mysql.execute("INSERT INTO shop.a VALUES (1,'x')");
      awaitLine("INSERT shop.a - 1");
      assertThat(receiver.transactions.get(0).id()).matches("[0-9a-f-]{36}:\\d+");
      assertThat(receiver.transactions.get(0).commitMicros())
          .isBetween(before - 1_000_000, before + 10_000_000);
    }
  }

  @Test
  void twoThousandStatementsOnOtherTablesAndManyOnOneDoNotMakeTheHistoryGrow() throws Exception {
    mysql.execute("CREATE DATABASE IF NOT EXISTS other");
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      Map<String, String> before = Map.copyOf(committed);
      List<String> statements = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        statements.add("CREATE TABLE other.t" + i + " (id INT PRIMARY KEY)");
        statements.add("ALTER TABLE other.t" + i + " ADD COLUMN v INT");
        statements.add("CREATE TABLE shop2.t" + i + " (id INT PRIMARY KEY)");
        statements.add("DROP TABLE other.t" + i);
      }
      for (int i = 0; i < 40; i++) {
        statements.add("ALTER TABLE shop.a ADD COLUMN w" + i + " INT");
        statements.add("ALTER TABLE shop.a DROP COLUMN w" + i);
      }
      mysql.execute("DROP DATABASE IF EXISTS shop2", "CREATE DATABASE shop2");
      mysql.execute(statements.toArray(String[]::new));
      mysql.execute("INSERT INTO shop.a VALUES (1,'x')");
      awaitLine("INSERT shop.a - 1");
      HistoryEntry.add(committed, lane.drainHistory());
      assertThat(committed.keySet()).containsExactlyInAnyOrderElementsOf(before.keySet());
      assertThat(String.join("", committed.values()).length()).isLessThan(10_000);
    } finally {
      mysql.execute("DROP DATABASE other", "DROP DATABASE IF EXISTS shop2");
    }
  }

  @Test
  void aYearBesideEightOtherNumbersIsReadAlthoughServersDifferInWhetherItIsOne() throws Exception {
    mysql.execute(
        "ALTER TABLE shop.a ADD (y YEAR, b INT UNSIGNED, c INT, d SMALLINT, e SMALLINT, f TINYINT, g FLOAT, h BIGINT)");
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      mysql.execute("INSERT INTO shop.a (id, y, b) VALUES (1, 2024, 4294967295)");
      awaitLine("INSERT shop.a - 1");
    }
  }

  @Test
  void aServerThatCannotBeReachedAtTheStartIsTriedAgain() throws Exception {
    SourceConfig nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = source(closed.getLocalPort());
    }
    SourcePosition from = new SourcePosition("binlog.000001", 4, null, "");
    try (BinlogLane lane = lane(nobody, StreamPosition.of(from), List.of())) {
      assertThatThrownBy(lane::awaitReady)
          .isInstanceOf(SourceException.class)
          .matches(BinlogLane::isTransient);
    }
  }

  @Test
  void aServerThatEndsTheConnectionInOrderIsNoticedAtOnceAndTriedAgain() throws Exception {
    try (BinlogLane lane = lane()) {
      lane.awaitReady();
      mysql.execute("INSERT INTO shop.a VALUES (1,'x')");
      awaitLine("INSERT shop.a - 1");
      try (Connection connection = mysql.connect()) {
        for (String id :
            Sql.query(
                connection,
                "SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'",
                r -> r.getString(1))) {
          mysql.execute("KILL " + id);
        }
      }
      await().atMost(Duration.ofSeconds(10)).until(lane::isOver);
      assertThatThrownBy(lane::throwIfFailed).matches(BinlogLane::isTransient);
    }
  }

  /** A lane that begins where the server is now. */
  private BinlogLane lane() throws Exception {
    return lane("a", "b");
  }

  private BinlogLane lane(String... tables) throws Exception {
    List<String> history =
        new ServerStructures(source(), List.of())
            .adopt(
                Stream.of(tables)
                    .map(table -> new TableName("shop", table))
                    .collect(Collectors.toSet()));
    try (Connection connection = new MySqlConnections(source()).open()) {
      return lane(StreamPosition.of(ServerFacts.read(connection).position(connection)), history);
    }
  }

  private BinlogLane lane(StreamPosition from, List<String> history) {
    return lane(source(), from, history);
  }

  private BinlogLane lane(SourceConfig source, StreamPosition from, List<String> history) {
    HistoryEntry.add(committed, history);
    LaneSettings settings =
        new LaneSettings(
            source, TypesConfig.DEFAULT, c -> {}, OnValueChange.RELOAD, NameListener.NONE, false);
    BinlogLane lane = new BinlogLane("contract", settings, from, history, receiver);
    lane.start();
    return lane;
  }

  private static SourceConfig source() {
    return source(mysql.port());
  }

  private static SourceConfig source(int port) {
    return SourceConfig.builder()
        .host(mysql.host())
        .port(port)
        .user(mysql.rootUser())
        .password(mysql.rootPassword())
        .include("shop.*")
        .build();
  }

  private void awaitLine(String line) {
    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.lines.contains(line));
  }
}
