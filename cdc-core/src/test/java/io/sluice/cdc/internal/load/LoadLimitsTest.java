package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.Sql;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.testkit.DisposableMySql;
import java.io.File;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Wide tables, many tables, long values, and how much is read a second time. */
class LoadLimitsTest {
  @Test
  void aTableOf1017Columns() throws Exception {
    String database = LoadServer.database();
    String columns =
        IntStream.range(1, 1017).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
    String values =
        IntStream.range(1, 1017).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    LoadServer.mySql()
        .execute(
            "CREATE TABLE " + database + ".t (n int primary key, " + columns + ")",
            "INSERT INTO " + database + ".t VALUES (1, " + values + "), (2, " + values + ")");
    RecordingOutput output = new RecordingOutput();
    LoadServer.run(LoadServer.source(database + ".*"), LoadServer.load(2, 64 << 10), output);
    List<List<String>> rows = output.rows(new TableName(database, "t"));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1)).hasSize(1017).endsWith("1015", "1016");
  }

  @Test
  void manySmallTablesShareFewCommits() throws Exception {
    String database = LoadServer.database();
    List<String> statements = new ArrayList<>(List.of("USE " + database));
    for (int i = 0; i < 2000; i++) {
      statements.add("CREATE TABLE t" + i + " (n int primary key, v varchar(20))");
      statements.add("INSERT INTO t" + i + " VALUES (1, 'one'), (2, 'two')");
    }
    LoadServer.mySql().execute(statements.toArray(String[]::new));
    RecordingOutput output = new RecordingOutput();
    FullLoad load =
        LoadServer.run(LoadServer.source(database + ".*"), LoadServer.load(2, 128 << 20), output);
    assertThat(output.counted()).isEqualTo(4000);
    assertThat(output.commits()).isLessThanOrEqualTo(14);
    assertThat(output.state().tables()).hasSize(2000).allMatch(TableLoad::done);
    LoadProgress progress = load.progress();
    assertThat(progress.done()).isTrue();
    assertThat(progress.rows()).isEqualTo(4000);
  }

  @Test
  void aSecondStartReadsOnlyWhatIsMissing() throws Exception {
    int all = 60_000;
    int readers = 3;
    try (DisposableMySql server = DisposableMySql.open()) {
      server.execute(
          "CREATE DATABASE d",
          "USE d",
          "SET SESSION cte_max_recursion_depth = 100000",
          "CREATE TABLE t (k varchar(40) primary key, v int, pad varchar(200))",
          "INSERT INTO t WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
              + all
              + ") SELECT LEFT(SHA2(n, 256), 32), n, REPEAT('x', 150) FROM s",
          "ANALYZE TABLE t");
      SourceConfig source =
          LoadServer.source(server, server.rootUser(), server.rootPassword(), "d.*");
      RecordingOutput output = new RecordingOutput().failAfter(20);
      assertThatThrownBy(() -> LoadServer.run(source, LoadServer.load(readers, 256 << 10), output))
          .hasMessageContaining("told to fail");
      long committed = output.counted();
      long chunkRows = (256 << 10) / 190;
      server.execute("FLUSH STATUS");
      output.failAfter(Integer.MAX_VALUE / 2);
      LoadServer.run(source, LoadServer.load(readers, 256 << 10), output);

      long touched = handlerReads(server);
      assertThat(committed).isBetween(10 * chunkRows, all - 10 * chunkRows);
      assertThat(output.counted()).isEqualTo(all);
      assertThat(touched).isLessThan(all - committed + readers * chunkRows);
    }
  }

  /**
   * Rows that the server's tables were asked for, but for those of its own dictionary, which it
   * reads by key.
   */
  private static long handlerReads(DisposableMySql server) throws Exception {
    try (Connection connection = server.connect()) {
      return Sql.query(
              connection,
              "SELECT SUM(COUNT_FETCH) FROM performance_schema.table_io_waits_summary_by_table WHERE OBJECT_SCHEMA = 'd'",
              r -> r.getLong(1))
          .get(0);
    }
  }

  @Test
  void rowsOf100MiBInASmallHeap() throws Exception {
    try (DisposableMySql server =
        DisposableMySql.builder()
            .options(
                "--max-allowed-packet=1G",
                "--loose-innodb-log-file-size=1G",
                "--loose-innodb-redo-log-capacity=2G")
            .open()) {
      server.execute("CREATE DATABASE d", "CREATE TABLE d.t (n int primary key, v longblob)");
      for (int i = 1; i <= 3; i++) {
        server.execute("INSERT INTO d.t VALUES (" + i + ", REPEAT(CHAR(" + i + "), 104857600))");
      }
      Process child =
          new ProcessBuilder(
                  System.getProperty("java.home")
                      + File.separator
                      + "bin"
                      + File.separator
                      + "java",
                  "-Xmx512m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LargeRowsMain.class.getName(),
                  server.host(),
                  Integer.toString(server.port()),
                  server.rootUser(),
                  server.rootPassword())
              .inheritIO()
              .start();
      assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).isZero();
    }
  }

  @Test
  void anInterruptEndsTheLoadAndDiscardsWhatIsNotCommitted() throws Exception {
    String database = LoadServer.database();
    LoadServer.mySql()
        .execute(
            "USE " + database,
            "CREATE TABLE t (n int)",
            "SET SESSION cte_max_recursion_depth = 1000000",
            "INSERT INTO t WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < 200000) SELECT n FROM s");
    SourceConfig source = LoadServer.source(database + ".*");
    RecordingOutput output = new RecordingOutput().countOnly();
    Thread loading = Thread.currentThread();
    LoadListener listener =
        new LoadListener() {
          @Override
          public void rowsRead(TableName table, long rows, long bytes) {
            loading.interrupt();
          }
        };
    FullLoad load =
        new FullLoad(source, LoadServer.load(2, 1 << 30), TypesConfig.DEFAULT, output, listener);
    assertThatThrownBy(() -> load.run(LoadServer.schemas(source, ZeroDates.NULL), output.state()))
        .isInstanceOf(InterruptedException.class);
    assertThat(output.commits()).isZero();
    assertThat(output.discards()).isEqualTo(1);
  }

  @Test
  void whatWasLoadedIsNotLoadedAgain() throws Exception {
    String database = LoadServer.database();
    LoadServer.mySql()
        .execute(
            "CREATE TABLE " + database + ".t (n int primary key)",
            "INSERT INTO " + database + ".t VALUES (1)");
    SourceConfig source = LoadServer.source(database + ".*");
    RecordingOutput output = new RecordingOutput();
    LoadServer.run(source, LoadServer.load(2, 1 << 20), output);
    LoadServer.run(source, LoadServer.load(2, 1 << 20), output);
    assertThat(output.views()).isEqualTo(1);
    assertThat(output.counted()).isEqualTo(1);
    LoadServer.mySql().execute("CREATE TABLE " + database + ".u (n int primary key)");
    LoadServer.run(source, LoadServer.load(2, 1 << 20), output);
    TableLoad empty = Objects.requireNonNull(output.state().table(new TableName(database, "u")));
    assertThat(empty.done()).isTrue();
    assertThat(empty.ranges()).containsExactly(new LoadedRange(2, null, null));
  }

  @Test
  void namesAreNeverExecuted() throws Exception {
    String database = LoadServer.database();
    String name = "`a.b'; DROP TABLE x; -- ``\"\\%`";
    LoadServer.mySql()
        .execute(
            "USE " + database,
            "CREATE TABLE x (n int primary key)",
            "CREATE TABLE " + name + " (`k'``\"` varchar(50) primary key, `😀` int, `select` int)",
            "SET SESSION cte_max_recursion_depth = 100000",
            "INSERT INTO "
                + name
                + " WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < 5000)"
                + " SELECT CONCAT('''; DROP TABLE x; -- \\\\', n), n, n FROM s",
            "ANALYZE TABLE " + name);
    RecordingOutput output = new RecordingOutput();
    LoadServer.run(LoadServer.source(database + ".*"), LoadServer.load(2, 64 << 10), output);
    Set<String> keys = new HashSet<>();
    output
        .rows(new TableName(database, "a.b'; DROP TABLE x; -- `\"\\%"))
        .forEach(r -> keys.add(r.get(0)));
    assertThat(keys).hasSize(5000).contains("'; DROP TABLE x; -- \\17");
    assertThat(
            LoadServer.count(
                "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '"
                    + database
                    + "'"))
        .isEqualTo(2);
  }
}
