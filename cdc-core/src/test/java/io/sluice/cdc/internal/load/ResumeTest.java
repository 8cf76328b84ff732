package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.Sql;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A load that dies again and again, while writers move rows between chunks, and then the binlog
 * through the filter: the end is what MySQL has, and nothing was repeated.
 */
class ResumeTest {
  private static final int ROWS = 6000;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int  | int primary key
          text | varchar(30) collate utf8mb4_0900_ai_ci primary key
          """)
  void fourStartsAndTheStreamMakeOneTable(String what, String type) throws Exception {
    String database = LoadServer.database();
    TableName table = new TableName(database, "t");
    LoadServer.mySql()
        .execute(
            "USE " + database,
            "SET SESSION cte_max_recursion_depth = 100000",
            "CREATE TABLE t (k " + type + ", v int, pad varchar(300)) CHARACTER SET utf8mb4",
            "INSERT INTO t WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
                + ROWS
                + ") SELECT n * 10, 0, REPEAT('x', 200) FROM s",
            "ANALYZE TABLE t");
    SourceConfig source = LoadServer.source(database + ".*");
    RecordingOutput output = new RecordingOutput();
    Random random = new Random(7);
    int before = 0;
    for (int start = 1; start <= 3; start++) {
      output.failAfter(3);
      try (BusyWriter writer = new BusyWriter(() -> moveRows(database, random))) {
        writer.awaitFirst();
        assertThatThrownBy(() -> LoadServer.run(source, LoadServer.load(2, 64 << 10), output))
            .hasMessageContaining("told to fail");
      }
      assertThat(Objects.requireNonNull(output.state().table(table)).done()).isFalse();
      assertThat(output.counted()).isGreaterThan(before);
      before = (int) output.counted();
    }
    output.failAfter(Integer.MAX_VALUE / 2);
    try (BusyWriter writer = new BusyWriter(() -> moveRows(database, random))) {
      writer.awaitFirst();
      LoadServer.run(source, LoadServer.load(2, 64 << 10), output);
    }
    moveRows(database, random);

    TableLoad load = Objects.requireNonNull(output.state().table(table));
    assertThat(load.done()).as(load.toString()).isTrue();
    assertThat(load.ranges()).extracting(LoadedRange::view).contains(1, 2, 3, 4);
    Map<String, String> replayed = replay(source, output, table);
    assertThat(replayed).containsExactlyInAnyOrderEntriesOf(now(database));
  }

  @Test
  void aTableWhoseKeyComparesOtherwiseThanBeforeIsNoticed() throws Exception {
    String database = LoadServer.database();
    TableName table = new TableName(database, "t");
    LoadServer.mySql()
        .execute(
            "USE " + database,
            "SET SESSION cte_max_recursion_depth = 100000",
            "CREATE TABLE t (k varchar(30) collate utf8mb4_0900_ai_ci primary key, v int, pad varchar(300))",
            "INSERT INTO t WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
                + ROWS
                + ") SELECT n * 10, 0, REPEAT('x', 200) FROM s",
            "CREATE TABLE small (k varchar(30) collate utf8mb4_0900_ai_ci primary key)",
            "ANALYZE TABLE t");
    SourceConfig source = LoadServer.source(database + ".*");
    RecordingOutput output = new RecordingOutput().failAfter(5);
    assertThatThrownBy(() -> LoadServer.run(source, LoadServer.load(2, 64 << 10), output))
        .hasMessageContaining("told to fail");
    assertThat(moved(source, output)).isEmpty();
    LoadServer.mySql()
        .execute(
            "ALTER TABLE " + database + ".t MODIFY k varchar(30) collate utf8mb4_bin NOT NULL",
            "ALTER TABLE " + database + ".small MODIFY k varchar(30) collate utf8mb4_bin NOT NULL");
    assertThat(moved(source, output))
        .containsOnlyKeys(table)
        .containsValue(
            "its key was `k` varchar(30) utf8mb4_0900_ai_ci and is `k` varchar(30) utf8mb4_bin");
  }

  private static Map<TableName, String> moved(SourceConfig source, RecordingOutput output)
      throws Exception {
    try (Connection connection = LoadServer.mySql().connect()) {
      return MovedKeys.of(connection, output.state(), LoadServer.schemas(source, ZeroDates.NULL));
    }
  }

  /** Updates, deletes, inserts, and keys that go to the other end of the table. */
  private static void moveRows(String database, Random random) throws Exception {
    try (Connection connection = LoadServer.mySql().connect()) {
      connection.setAutoCommit(false);
      String table = database + ".t";
      for (int i = 0; i < 40; i++) {
        int row = (random.nextInt(ROWS) + 1) * 10;
        Sql.run(connection, "UPDATE " + table + " SET v = v + 1 WHERE k = '" + row + "'");
        Sql.run(
            connection,
            "DELETE FROM " + table + " WHERE k = '" + (random.nextInt(ROWS) + 1) * 10 + "'");
        Sql.run(
            connection,
            "INSERT IGNORE INTO "
                + table
                + " VALUES ("
                + (random.nextInt(ROWS * 10) + 1)
                + ", 1, 'new')");
        int from = (random.nextInt(ROWS) + 1) * 10;
        Sql.run(
            connection,
            "UPDATE IGNORE "
                + table
                + " SET k = "
                + (random.nextInt(ROWS * 10) + 5)
                + " WHERE k = '"
                + from
                + "'");
        connection.commit();
      }
    }
  }

  /**
   * Loaded rows, then every row change of the binlog that the filter lets pass; a repeated or lost
   * one is a failure.
   */
  private static Map<String, String> replay(
      SourceConfig source, RecordingOutput output, TableName table) throws Exception {
    Map<String, String> rows = new TreeMap<>();
    output.rows(table).forEach(r -> assertThat(rows.put(r.get(0), r.get(1))).isNull());
    LoadState state = output.state();
    List<TableSchema> schemas = LoadServer.schemas(source, ZeroDates.NULL);
    try (ViewFilter filter = new ViewFilter(state, schemas, new MySqlConnections(source));
        BinlogRows binlog = new BinlogRows(LoadServer.mySql(), table, 2)) {
      binlog.forEach(
          change -> {
            List<String> before = change.before();
            List<String> after = change.after();
            if (before != null
                && !filter.covers(
                    table,
                    change.gtid(),
                    change.file(),
                    change.position(),
                    () -> before.subList(0, 1))) {
              assertThat(rows.remove(before.get(0))).as("%s", change).isEqualTo(before.get(1));
            }
            if (after != null
                && !filter.covers(
                    table,
                    change.gtid(),
                    change.file(),
                    change.position(),
                    () -> after.subList(0, 1))) {
              assertThat(rows.put(after.get(0), after.get(1))).as("%s", change).isNull();
            }
          });
      assertThat(filter.passed(state.views().get(state.views().size() - 1).position()))
          .hasSameSizeAs(state.views());
      assertThat(filter.passed(state.views().get(0).position())).containsExactly(1);
    }
    return rows;
  }

  private static Map<String, String> now(String database) throws Exception {
    Map<String, String> rows = new HashMap<>();
    try (Connection connection = LoadServer.mySql().connect()) {
      Sql.query(
          connection,
          "SELECT k, v FROM " + database + ".t",
          r -> String.valueOf(rows.put(r.getString(1), r.getString(2))));
    }
    return rows;
  }
}
