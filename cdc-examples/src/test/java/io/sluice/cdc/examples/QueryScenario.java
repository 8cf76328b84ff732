package io.sluice.cdc.examples;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.sql.LakeSql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables with every kind of key and with none, changed in every way; for tests that execute printed
 * SQL. What MySQL holds is remembered as texts that {@link QueryValues} makes.
 */
final class QueryScenario {
  static final String ID = "query";

  /** The same columns, so that one statement fills them all. */
  private static final String VALUES =
      " v INT, t TEXT, d DECIMAL(20,4), f FLOAT, g DOUBLE, j JSON, b BLOB, m BIGINT UNSIGNED,"
          + " at DATETIME(6), ts TIMESTAMP(6) NULL, day DATE, u BIT(3)";

  private static final String ROW =
      "'x''y', 12345678901.2345, 0.1, -0e0, '{\"a\": [1, \"ü\"]}', x'00ff27',"
          + " 18446744073709551615, '2024-02-29 12:00:00.000001', '2024-02-29 12:00:00.000001',"
          + " '1000-01-01', b'101'";
  private static final String NULLS =
      "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";

  /** Tables whose structure stays as it is. */
  static final List<String> STEADY =
      List.of("single", "pair", "bytes", "keyless", "emptied", "order", "Order", "single_current");

  private final PipelineWorld world;

  QueryScenario(PipelineWorld world) {
    this.world = world;
  }

  /** What the server holds and how far the pipeline was then. */
  record Moment(Map<String, List<String>> rows, long sequence, long commit, String time) {}

  void load() throws Exception {
    world
        .mysql()
        .execute(
            "CREATE DATABASE shop CHARACTER SET utf8mb4",
            "CREATE TABLE shop.single (id INT PRIMARY KEY," + VALUES + ")",
            "CREATE TABLE shop.pair (k VARCHAR(9), i BIGINT UNSIGNED,"
                + VALUES
                + ", PRIMARY KEY (k, i))",
            "CREATE TABLE shop.bytes (k VARBINARY(9) NOT NULL UNIQUE," + VALUES + ")",
            "CREATE TABLE shop.keyless (" + VALUES + ")",
            "CREATE TABLE shop.emptied (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE shop.`order` (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE shop.`Order` (id INT PRIMARY KEY, v VARCHAR(9))",
            "CREATE TABLE shop.single_current (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE shop.widened (id INT PRIMARY KEY, v INT, w INT UNSIGNED, d DECIMAL(9,2), gone INT)",
            "CREATE TABLE shop.retyped (id INT PRIMARY KEY, v VARCHAR(20), g DOUBLE, b TEXT)",
            "CREATE TABLE shop.renamed (id INT PRIMARY KEY, a INT, b INT)",
            "CREATE TABLE shop.replaced (id INT PRIMARY KEY, a INT)",
            "CREATE TABLE shop.never_filled (id INT PRIMARY KEY, a INT)",
            "CREATE TABLE shop.`we\"ird ' na``me; --` (`sel``ect` INT PRIMARY KEY, dt DATE, filename TEXT,"
                + " seq INT, `it's` INT, `\"q\"` INT, `ß☃ %s` INT, `number` INT)",
            "CREATE TABLE shop.`" + "n".repeat(64) + "` (`" + "c".repeat(64) + "` INT PRIMARY KEY)",
            "INSERT INTO shop.single VALUES (1, 1, "
                + ROW
                + "), (2, NULL, "
                + NULLS
                + "), (3, 3, "
                + ROW
                + ")",
            "INSERT INTO shop.pair VALUES ('a', 1, 1, "
                + ROW
                + "), ('A ', 2, NULL, "
                + NULLS
                + "), ('', 3, 3, "
                + ROW
                + ")",
            "INSERT INTO shop.bytes VALUES (x'00', 1, "
                + ROW
                + "), (x'ff', NULL, "
                + NULLS
                + "), ('', 3, "
                + ROW
                + ")",
            "INSERT INTO shop.keyless VALUES (1, "
                + ROW
                + "), (1, "
                + ROW
                + "), (1, "
                + ROW
                + "), (NULL, "
                + NULLS
                + "), (NULL, "
                + NULLS
                + ")",
            "INSERT INTO shop.keyless (v, f, g) VALUES (9, 0.0, 0.0), (9, -0e0, -0e0)",
            "INSERT INTO shop.emptied VALUES (1, 1), (2, 2)",
            "INSERT INTO shop.`order` VALUES (1, 1)",
            "INSERT INTO shop.`Order` VALUES (1, 'one')",
            "INSERT INTO shop.single_current VALUES (1, 77)",
            "INSERT INTO shop.widened VALUES (1, 2147483647, 4294967295, 1234567.89, 1), (2, NULL, NULL, NULL, 2)",
            "INSERT INTO shop.retyped VALUES (1, '7', 9.0, 'é\\\\x41'), (2, '8', 1.0, NULL), (3, 'three', 1.5, 'q')",
            "INSERT INTO shop.renamed VALUES (1, 10, 100), (2, 20, 200)",
            "INSERT INTO shop.replaced VALUES (1, 1), (2, 2)",
            "INSERT INTO shop.`we\"ird ' na``me; --` VALUES (1, '2024-01-01', 'file', 5, 6, 7, 8, 9), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
            "INSERT INTO shop.`" + "n".repeat(64) + "` VALUES (1)");
    world.catchUp(ID);
  }

  /** Inserts, updates, changed keys, deletes; of rows that are alike one at a time. */
  void change() throws Exception {
    world
        .mysql()
        .execute(
            "INSERT INTO shop.single VALUES (4, 4, " + ROW + "), (5, 5, " + NULLS + ")",
            "UPDATE shop.single SET v = v + 1, g = 1.5",
            "UPDATE shop.single SET id = 30 WHERE id = 3",
            "DELETE FROM shop.single WHERE id IN (1, 5)",
            "INSERT INTO shop.single VALUES (5, 6, " + ROW + ")",
            "UPDATE shop.pair SET k = 'b' WHERE i = 1",
            "DELETE FROM shop.pair WHERE i = 3",
            "UPDATE shop.bytes SET k = x'0000' WHERE k = x'00'",
            "DELETE FROM shop.bytes WHERE k = x'ff'",
            "DELETE FROM shop.keyless WHERE v = 1 LIMIT 2",
            "DELETE FROM shop.keyless WHERE v IS NULL LIMIT 1",
            "DELETE FROM shop.keyless WHERE v = 9 LIMIT 1",
            "UPDATE shop.keyless SET t = 'changed' WHERE v = 9 LIMIT 1",
            "INSERT INTO shop.keyless VALUES (1, " + ROW + ")",
            "TRUNCATE shop.emptied",
            "INSERT INTO shop.emptied VALUES (2, 20), (3, 30)",
            "UPDATE shop.`order` SET v = 2",
            "INSERT INTO shop.`Order` VALUES (2, 'two')",
            "UPDATE shop.single_current SET v = 78",
            "UPDATE shop.widened SET gone = 5 WHERE id = 1",
            "UPDATE shop.renamed SET a = 11 WHERE id = 1",
            "DELETE FROM shop.replaced WHERE id = 2",
            "DELETE FROM shop.`we\"ird ' na``me; --` WHERE `sel``ect` = 2",
            "INSERT INTO shop.`we\"ird ' na``me; --` (`sel``ect`, dt) VALUES (3, '2025-05-05')",
            "INSERT INTO shop.`" + "n".repeat(64) + "` VALUES (2)");
    world.catchUp(ID);
  }

  /** A few changes more, so that there are several files. */
  void changeAgain() throws Exception {
    world
        .mysql()
        .execute(
            "INSERT INTO shop.keyless VALUES (1, " + ROW + "), (1, " + ROW + ")",
            "DELETE FROM shop.keyless WHERE v = 1 LIMIT 1",
            "UPDATE shop.single SET v = v + 1",
            "REPLACE INTO shop.emptied VALUES (4, 40)",
            "TRUNCATE shop.emptied",
            "INSERT INTO shop.emptied VALUES (4, 41)",
            "UPDATE shop.widened SET w = w ^ 1",
            "UPDATE shop.renamed SET b = b + 1");
    world.catchUp(ID);
  }

  /** Structures: what is cheap, what makes the table be loaded again, what replaces it. */
  void alter() throws Exception {
    world
        .mysql()
        .execute(
            "ALTER TABLE shop.widened MODIFY v BIGINT, MODIFY d DECIMAL(14,4), ADD COLUMN added VARCHAR(9), DROP COLUMN gone",
            "INSERT INTO shop.widened VALUES (3, 5000000000, 1, 1234567890.1234, 'new')",
            "UPDATE shop.widened SET added = 'late' WHERE id = 2",
            "DELETE FROM shop.retyped WHERE id = 3",
            "ALTER TABLE shop.retyped MODIFY v INT, MODIFY g BIGINT, MODIFY b BLOB",
            "INSERT INTO shop.retyped VALUES (4, 4, 9007199254740993, x'5c00ff')",
            "ALTER TABLE shop.renamed RENAME COLUMN a TO z, ADD COLUMN c INT DEFAULT 5",
            "UPDATE shop.renamed SET z = 12 WHERE id = 2",
            "ALTER TABLE shop.never_filled ADD COLUMN b INT",
            "DROP TABLE shop.replaced",
            "CREATE TABLE shop.replaced (id VARCHAR(9) PRIMARY KEY, a DATETIME(6))",
            "INSERT INTO shop.replaced VALUES ('k', '2024-01-01 00:00:00.000001')");
    world.catchUp(ID);
  }

  /** A widening that only some engines read beside older files. */
  void alterToUnsignedBigint() throws Exception {
    world
        .mysql()
        .execute(
            "ALTER TABLE shop.widened MODIFY w BIGINT UNSIGNED",
            "INSERT INTO shop.widened (id, w) VALUES (9, 18446744073709551615)");
    world.catchUp(ID);
  }

  /** Remembers what there is. */
  Moment now() throws Exception {
    long[] last = new long[2];
    try (S3Sink sink = world.sink(ID).build()) {
      sink.readLog(
          new PipelineId(ID),
          0,
          commit -> {
            last[0] = commit.lastSequence();
            last[1] = commit.commit();
          });
    }
    try (Connection connection = world.mysql().connect();
        Statement sql = connection.createStatement()) {
      sql.execute("SET time_zone = '+00:00'");
      sql.execute("DO SLEEP(0.02)");
      String time = one(sql, "SELECT CAST(NOW(6) AS CHAR)");
      sql.execute("DO SLEEP(0.02)");
      return new Moment(rows(sql), last[0], last[1], time);
    }
  }

  LakeSql lake() throws InterruptedException {
    try (S3Sink sink = world.sink(ID).build()) {
      return LakeSql.read(sink, new PipelineId(ID));
    }
  }

  /** Where the files are, for an engine that reads folders. */
  Path folder() {
    return world.s3().bucketFolder("lake").orElseThrow().resolve("raw/" + ID);
  }

  static TableName table(String name) {
    return new TableName("shop", name);
  }

  private static String one(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Map<String, List<String>> rows(Statement sql) throws SQLException {
    Map<String, Map<String, String>> selects = new TreeMap<>();
    try (ResultSet columns =
        sql.executeQuery(
            "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS"
                + " WHERE TABLE_SCHEMA = 'shop' ORDER BY TABLE_NAME, ORDINAL_POSITION")) {
      while (columns.next()) {
        selects
            .computeIfAbsent(columns.getString(1), t -> new LinkedHashMap<>())
            .put(columns.getString(2), columns.getString(3));
      }
    }
    Map<String, List<String>> rows = new TreeMap<>();
    for (Map.Entry<String, Map<String, String>> table : selects.entrySet()) {
      List<String> list = new ArrayList<>();
      table.getValue().forEach((name, type) -> list.add(select(TableName.quote(name), type)));
      String query =
          "SELECT " + String.join(", ", list) + " FROM " + table(table.getKey()).quoted();
      try (ResultSet found = sql.executeQuery(query)) {
        rows.put(table.getKey(), QueryValues.of(found));
      }
    }
    return rows;
  }

  private static String select(String column, String type) {
    return switch (type) {
      case "datetime", "timestamp" -> "CAST(" + column + " AS CHAR)";
      case "date", "json" -> "CAST(" + column + " AS CHAR)";
      case "bit" -> column + " + 0";
      case "float", "double" -> column + " * 1E0";
      default -> column;
    };
  }
}
