package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.check.CheckReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every type at its edges, by load and by stream, as inserted, updated and deleted row: against
 * MySQL by the checker, and against values written down here, as DuckDB reads them.
 */
@Tag("servers")
class EveryTypeTest {
  private static final int STREAMED = 1000;

  private static PipelineWorld world;

  @BeforeAll
  static void open() {
    world = PipelineWorld.open();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"numbers", "times", "text", "json", "geometry", "charsets"})
  void isTheSameByLoadAndByStreamAndAsMySqlHasIt(String name) throws Exception {
    TypeCases cases = TypeCases.read(name);
    fill(cases);
    world.catchUp(name);
    String table = "shop." + cases.table();
    world.follow(
        world.pipeline(name),
        "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '-05:00'",
        "INSERT INTO "
            + table
            + " SELECT id + "
            + STREAMED
            + ", 1, "
            + cases.names()
            + " FROM "
            + table,
        "UPDATE " + table + " SET touched = 2 WHERE id > " + STREAMED,
        cases.create("shop").replace(table + " (", table + "_born ("),
        "INSERT INTO " + table + "_born SELECT * FROM " + table,
        "DELETE FROM " + table + " WHERE id > " + STREAMED + " AND id % 2 = 0");
    CheckReport report = world.check(name);
    assertThat(report.equal()).as(report.inWords()).isTrue();
    assertThat(compare(name, cases, "")).isEqualTo(3 * cases.rows() + cases.rows() / 2);
    assertThat(compare(name, cases, "_born")).isEqualTo(2 * cases.rows());
    comparePrinted(name, cases);
  }

  /** By the views that are printed for DuckDB; what is printed for Trino and Athena is parsed. */
  private static void comparePrinted(String pipeline, TypeCases cases) throws Exception {
    LakeSql lake;
    try (S3Sink sink = world.sink(pipeline).build()) {
      lake = LakeSql.read(sink, new PipelineId(pipeline));
    }
    PrestoSql.parse(lake);
    String place =
        world.s3().bucketFolder("lake").orElseThrow().resolve("raw/" + pipeline).toString();
    LakeSql.Script script = lake.write(SqlDialect.DUCKDB, place, lake.tables());
    assertThat(script.refused()).isEmpty();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(script.sql());
      for (String table : List.of(cases.table(), cases.table() + "_born")) {
        String from = "shop." + table + "_current";
        List<String> wrong = new ArrayList<>();
        // Of what was streamed those with odd numbers are left.
        int rows = read(statement, cases, "'" + table + "'", from, wrong);
        assertThat(wrong).as(from).isEmpty();
        assertThat(rows)
            .as(from)
            .isEqualTo(
                table.equals(cases.table())
                    ? cases.rows() + (cases.rows() + 1) / 2
                    : 2 * cases.rows());
      }
    }
  }

  /** Everything that the server takes for one character, in one value for each character set. */
  @Test
  void everyCharacterOfEveryCharacterSetIsTheSameByLoadAndByStream() throws Exception {
    List<String> sets = new ArrayList<>();
    try (Connection c = world.mysql().connect();
        ResultSet row =
            c.createStatement()
                .executeQuery(
                    "SELECT CHARACTER_SET_NAME, MAXLEN FROM information_schema.CHARACTER_SETS"
                        + " WHERE CHARACTER_SET_NAME NOT IN ('binary', 'utf32', 'utf16', 'utf16le', 'utf8mb4', 'utf8mb3', 'utf8')")) {
      while (row.next()) {
        sets.add(row.getString(1));
      }
    }
    List<String> statements =
        new ArrayList<>(
            List.of(
                "SET sql_mode = '', group_concat_max_len = 10000000, cte_max_recursion_depth = 100000",
                "DROP DATABASE IF EXISTS shop",
                "CREATE DATABASE shop",
                "CREATE DATABASE IF NOT EXISTS other",
                "DROP TABLE IF EXISTS other.codes",
                "CREATE TABLE other.codes (n INT PRIMARY KEY, h VARCHAR(10))",
                "INSERT INTO other.codes WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 65535) SELECT n, HEX(n) FROM c",
                "UPDATE other.codes SET h = LPAD(h, IF(n < 256, 2, 4), '0')",
                "INSERT INTO other.codes SELECT n + 65536, CONCAT('8F', h) FROM other.codes WHERE n > 41376",
                "INSERT INTO other.codes SELECT 200000 + n, CONCAT(HEX(129 + n DIV 12600), HEX(48 + n DIV 1260 % 10), HEX(129 + n DIV 10 % 126), HEX(48 + n % 10)) FROM other.codes WHERE n < 50400",
                "CREATE TABLE shop.sets (id INT PRIMARY KEY, " + columns(sets) + ")",
                "INSERT INTO shop.sets VALUES (1" + ", NULL".repeat(sets.size()) + ")"));
    for (String set : sets) {
      String character = "CONVERT(UNHEX(h) USING " + set + ")";
      statements.add(
          "UPDATE shop.sets SET c_"
              + set
              + " = (SELECT GROUP_CONCAT("
              + character
              + " ORDER BY n SEPARATOR '') FROM other.codes WHERE CHAR_LENGTH("
              + character
              + ") = 1 AND HEX(CONVERT("
              + character
              + " USING utf8mb4)) <> '' AND (n < 65536 OR '"
              + set
              + "' IN ('ujis', 'eucjpms', 'gb18030')))");
    }
    world.mysql().execute(statements.toArray(String[]::new));
    world.catchUp("sets");
    world
        .mysql()
        .execute(
            "INSERT INTO shop.sets SELECT 2"
                + sets.stream().map(s -> ", c_" + s).collect(Collectors.joining())
                + " FROM shop.sets");
    world.catchUp("sets");
    CheckReport report = world.check("sets");
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }

  private static String columns(List<String> sets) {
    return sets.stream()
        .map(s -> "c_" + s + " MEDIUMTEXT CHARACTER SET " + s)
        .collect(Collectors.joining(", "));
  }

  /** The pipeline runs in a JVM of its own: its zone and its encoding must not matter. */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Australia/Lord_Howe"})
  void timesAndNamesAreTheSameInEveryZoneAndEncodingOfTheJvm(String zone, @TempDir Path folder)
      throws Exception {
    String id = zone.replace('/', '-');
    TypeCases cases = TypeCases.read("times");
    fill(cases);
    runInZone(id, zone, folder);
    world
        .mysql()
        .execute(
            "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+09:30'",
            "INSERT INTO shop.times SELECT id + "
                + STREAMED
                + ", 1, "
                + cases.names()
                + " FROM shop.times",
            "CREATE TABLE shop.`größe_表` (id INT PRIMARY KEY, `spalte_é` ENUM('ä', '日本'), t VARCHAR(20) CHARACTER SET sjis)",
            "INSERT INTO shop.`größe_表` VALUES (1, '日本', '表示')");
    runInZone(id, zone, folder);
    CheckReport report = world.check(id);
    assertThat(report.equal()).as(report.inWords()).isTrue();
    assertThat(compare(id, cases, "")).isEqualTo(2 * cases.rows());
    assertThat(world.read(id, "shop/größe_表", "\"spalte_é\", t", "true")).containsExactly("日本|表示");
  }

  private static void runInZone(String id, String zone, Path folder) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        PipelineProcess.start(
            world, id, true, log, "-Duser.timezone=" + zone, "-Dfile.encoding=US-ASCII");
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log, StandardCharsets.ISO_8859_1)).isZero();
  }

  /** The binlog holds a statement as the client sent it. */
  @Test
  void statementsAreReadInTheCharacterSetOfTheirClient() throws Exception {
    world
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.t (id INT PRIMARY KEY)");
    world.catchUp("clients");
    try (CdcPipeline pipeline = world.pipeline("clients").build()) {
      pipeline.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> pipeline.status().state() == PipelineState.STREAMING);
      try (Connection latin =
              DriverManager.getConnection(
                  world.mysql().jdbcUrl() + "&characterEncoding=ISO-8859-1",
                  world.mysql().rootUser(),
                  world.mysql().rootPassword());
          Statement statement = latin.createStatement()) {
        statement.execute(
            "CREATE TABLE shop.latin (id INT PRIMARY KEY, `größe` ENUM('ä', 'öß') COMMENT 'é')");
        statement.execute("INSERT INTO shop.latin VALUES (1, 2), (2, 'ä')");
      }
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
    }
    CheckReport report = world.check("clients");
    assertThat(report.equal()).as(report.inWords()).isTrue();
    assertThat(world.read("clients", "shop/latin", "\"größe\"", "_cdc_op = 'c'"))
        .containsExactly("öß", "ä");
  }

  private static int compare(String pipeline, TypeCases cases, String suffix) throws SQLException {
    Path lake = world.s3().bucketFolder("lake").orElseThrow();
    String files =
        "'" + lake.resolve("raw/" + pipeline + "/shop/" + cases.table()) + suffix + "/*/*.parquet'";
    List<String> wrong = new ArrayList<>();
    int rows;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      List<String> types = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery("DESCRIBE SELECT " + cases.names() + " FROM " + files)) {
        while (row.next()) {
          types.add(row.getString(2));
        }
      }
      assertThat(types)
          .containsExactlyElementsOf(cases.columns().stream().map(TypeCases.Column::duck).toList());
      rows = read(statement, cases, "_cdc_op", files, wrong);
    }
    assertThat(wrong).isEmpty();
    return rows;
  }

  /** How many rows there are; adds what is not as expected. */
  private static int read(
      Statement statement, TypeCases cases, String label, String from, List<String> wrong)
      throws SQLException {
    int rows = 0;
    try (ResultSet row =
        statement.executeQuery("SELECT id, " + label + ", " + texts(cases) + " FROM " + from)) {
      while (row.next()) {
        rows++;
        List<String> expected = cases.expected(row.getInt(1) % STREAMED - 1);
        for (int i = 0; i < expected.size(); i++) {
          String found = text(row.getString(i + 3));
          if (!expected.get(i).equals(found)) {
            wrong.add(
                row.getString(2)
                    + " "
                    + row.getInt(1)
                    + " c"
                    + i
                    + " "
                    + cases.columns().get(i).type()
                    + ": expected "
                    + shorten(expected.get(i))
                    + " found "
                    + shorten(found));
          }
        }
      }
    }
    return rows;
  }

  private static String text(String value) {
    return value == null ? "NULL" : value.equals("NULL") ? "«NULL»" : value;
  }

  private static String shorten(String text) {
    return text.length() < 120 ? text : text.substring(0, 120) + "… (" + text.length() + ")";
  }

  private static String texts(TypeCases cases) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < cases.columns().size(); i++) {
      texts.add(
          cases.columns().get(i).duck().equals("BLOB")
              ? "'0x' || hex(c" + i + ")"
              : "CAST(c" + i + " AS VARCHAR)");
    }
    return String.join(", ", texts);
  }

  /** Makes the database anew with the table of these cases. */
  private static void fill(TypeCases cases) throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
    statements.add("DROP DATABASE IF EXISTS shop");
    statements.add("CREATE DATABASE shop");
    statements.add(cases.create("shop"));
    for (int n = 0; n < cases.rows(); n++) {
      statements.add(cases.insert("shop", n));
    }
    world.mysql().execute(statements.toArray(String[]::new));
  }
}
