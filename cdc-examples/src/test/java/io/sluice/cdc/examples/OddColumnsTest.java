package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.cdc.testkit.check.CheckReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Columns that the server fills in, hides or makes up, by load and by stream. */
@Tag("servers")
class OddColumnsTest {
  private static PipelineWorld world;

  @BeforeAll
  static void open() {
    world = PipelineWorld.open();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void begin() throws Exception {
    world.mysql().execute("DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop");
  }

  @Test
  void generatedColumnsAndHiddenOnesOfFunctionalIndexes() throws Exception {
    follow(
        "generated",
        "CREATE TABLE shop.%s (id INT PRIMARY KEY, a INT, v INT AS (a + 1) VIRTUAL, j JSON, s VARCHAR(20) AS (CONCAT('x', a)) STORED,"
            + " w VARCHAR(20) AS (j->>'$.k') VIRTUAL, z INT DEFAULT 9, KEY f1 ((a * 2)), KEY f2 ((CAST(j->>'$.k' AS CHAR(20)))), KEY (w))",
        "INSERT INTO shop.%s (id, a, j) VALUES (%d, 5, '{\"k\": \"v\"}'), (%d, NULL, NULL)",
        "UPDATE shop.%s SET a = a + 10, j = '[]' WHERE id = %d",
        "DELETE FROM shop.%s WHERE id = %d");
    world.follow(
        world.pipeline("generated"),
        "ALTER TABLE shop.loaded ADD COLUMN later INT DEFAULT 1, ADD COLUMN first INT DEFAULT 2 FIRST",
        "INSERT INTO shop.loaded (id, a) VALUES (20, 1)");
    assertThat(world.read("generated", "shop/loaded", "first, id, a, v, s, z, later", "id = 20"))
        .containsExactly("2|20|1|2|x1|9|1");
    // The ALTER makes the table be loaded again: those rows have the new columns.
    assertThat(
            world.read(
                "generated",
                "shop/loaded",
                "id, a, v, j, s, w, z",
                "_cdc_op = 'r' AND later IS NULL"))
        .containsExactlyInAnyOrder("1|5|6|{\"k\": \"v\"}|x5|v|9", "2|NULL|NULL|NULL|NULL|NULL|9");
    assertThat(world.read("generated", "shop/loaded", "id, a, v, j, s, w, z", "_cdc_op = 'u'"))
        .containsExactlyInAnyOrder("11|15|16|[]|x15|NULL|9");
  }

  @Test
  void nullsAreNullWhereADefaultExists() throws Exception {
    String table =
        "CREATE TABLE shop.%s (id INT PRIMARY KEY, a INT NULL DEFAULT 5, b VARCHAR(9) DEFAULT 'x', c DECIMAL(5,2) DEFAULT 1.5, d DATE DEFAULT '2020-01-01',"
            + " e DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6), f TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, g ENUM('p','q') DEFAULT 'q',"
            + " h SET('p','q') DEFAULT 'p,q', i BIT(9) DEFAULT b'101', j JSON DEFAULT (JSON_ARRAY(1)), k BLOB DEFAULT (x'AB'), l DOUBLE DEFAULT (1 / 3),"
            + " m CHAR(36) DEFAULT (UUID()), n YEAR DEFAULT 2020, o TIME DEFAULT '11:00', p BINARY(3) DEFAULT 'a', q INT NOT NULL DEFAULT '7',"
            + " r POINT DEFAULT (POINT(1, 2)), s TINYINT(1) DEFAULT TRUE, t TEXT DEFAULT ('t'), u BIGINT UNSIGNED DEFAULT 18446744073709551615)";
    String columns = "a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, r, s, t, u";
    String nulls = "NULL, ".repeat(19) + "NULL";
    follow(
        "defaults",
        table,
        "INSERT INTO shop.%s (id, " + columns + ") VALUES (%d, " + nulls + "), (%d, " + nulls + ")",
        "UPDATE shop.%s SET q = 8, f = NULL WHERE id = %d",
        "DELETE FROM shop.%s WHERE id = %d");
    for (String row : world.read("defaults", "shop/*", columns, "true")) {
      assertThat(row).isEqualTo("NULL|".repeat(19) + "NULL");
    }
    assertThat(world.read("defaults", "shop/*", "q", "_cdc_op = 'u'")).containsOnly("8");
  }

  @Test
  void serialKeysAndKeysOfOddTypes() throws Exception {
    follow(
        "serial",
        "CREATE TABLE shop.%s (id SERIAL, e ENUM('b','a','x\\\\y','') NOT NULL, d DATE NOT NULL, b BIT(5) NOT NULL, g INT, PRIMARY KEY (e, d, b, id))",
        "INSERT INTO shop.%s VALUES (%d, 'x\\\\y', '0000-00-00', b'11', 1), (%d, 4, '2020-02-30', b'0', 2)",
        "UPDATE shop.%s SET d = '2021-00-00', g = 7 WHERE id = %d",
        "DELETE FROM shop.%s WHERE id = %d");
  }

  @Test
  void invisibleColumns() throws Exception {
    assumeTrue(!world.mysql().version().startsWith("8.0.15"), "INVISIBLE came with 8.0.23");
    follow(
        "invisible",
        "CREATE TABLE shop.%s (id INT PRIMARY KEY INVISIBLE, a INT, h INT INVISIBLE DEFAULT 3)",
        "INSERT INTO shop.%s (id, a) VALUES (%d, 1), (%d, 2)",
        "UPDATE shop.%s SET h = 4 WHERE id = %d",
        "DELETE FROM shop.%s WHERE id = %d");
    assertThat(world.read("invisible", "shop/loaded", "id, a, h", "_cdc_op = 'u'"))
        .containsExactly("11|1|4");
  }

  @Test
  void generatedInvisibleKeys() throws Exception {
    assumeTrue(!world.mysql().version().startsWith("8.0.15"), "they came with 8.0.30");
    String generated = "SET sql_generate_invisible_primary_key = ON";
    world
        .mysql()
        .execute(generated, "CREATE TABLE shop.t (v INT)", "INSERT INTO shop.t VALUES (1), (1)");
    world.catchUp("keys");
    world.follow(
        world.pipeline("keys"),
        generated,
        "CREATE TABLE shop.u (v INT)",
        "INSERT INTO shop.u VALUES (5), (5)",
        "UPDATE shop.t SET v = 2 LIMIT 1",
        "INSERT INTO shop.t VALUES (1)");
    CheckReport report = world.check("keys");
    assertThat(report.equal()).as(report.inWords()).isTrue();
    assertThat(world.read("keys", "shop/t", "my_row_id, v", "_cdc_op = 'u'"))
        .containsExactly("1|2");
  }

  @Test
  void vectors() throws Exception {
    assumeTrue(world.mysql().version().startsWith("9."), "VECTOR came with 9.0");
    follow(
        "vectors",
        "CREATE TABLE shop.%s (id INT PRIMARY KEY, v VECTOR(3), w VECTOR)",
        "INSERT INTO shop.%s VALUES (%d, STRING_TO_VECTOR('[1,-2.5,3e38]'), NULL), (%d, NULL, STRING_TO_VECTOR('[0]'))",
        "UPDATE shop.%s SET w = STRING_TO_VECTOR('[1,1]') WHERE id = %d",
        "DELETE FROM shop.%s WHERE id = %d");
    assertThat(world.read("vectors", "shop/*", "hex(v), hex(w)", "_cdc_op = 'u'"))
        .containsExactly(
            "0000803F000020C0E6B1617F|0000803F0000803F",
            "0000803F000020C0E6B1617F|0000803F0000803F");
  }

  @Test
  void fullMetadataAndCompressedTransactions() throws Exception {
    world.mysql().execute("SET GLOBAL binlog_row_metadata = 'FULL'");
    boolean compresses = !world.mysql().version().startsWith("8.0.15");
    try {
      world
          .mysql()
          .execute(
              "CREATE TABLE shop.t (id SERIAL, e ENUM('ä','b') CHARACTER SET latin1, s SET('x','y'), g POINT, j JSON, t TEXT)",
              "INSERT INTO shop.t VALUES (1, 1, 3, POINT(1, 2), '[1]', 'ß')");
      world.catchUp("metadata");
      List<String> statements = new ArrayList<>();
      if (compresses) {
        statements.add("SET binlog_transaction_compression = ON");
      }
      statements.add(
          "INSERT INTO shop.t SELECT id + 1, e, s, g, j, REPEAT('é', 20000) FROM shop.t");
      statements.add("UPDATE shop.t SET t = 'x'");
      statements.add("DELETE FROM shop.t WHERE id = 1");
      world.follow(world.pipeline("metadata"), statements.toArray(String[]::new));
    } finally {
      world.mysql().execute("SET GLOBAL binlog_row_metadata = 'MINIMAL'");
    }
    CheckReport report = world.check("metadata");
    assertThat(report.equal()).as(report.inWords()).isTrue();
    assertThat(world.read("metadata", "shop/t", "id, e, s, j, t", "_cdc_op = 'd'"))
        .containsExactly("1|ä|x,y|[1]|x");
  }

  /** Loads a table with two rows, then writes to it and to one that is born in the stream. */
  private static void follow(String id, String create, String insert, String update, String delete)
      throws Exception {
    List<String> statements = new ArrayList<>();
    statements.add("SET sql_mode = 'ALLOW_INVALID_DATES'");
    statements.add(String.format(create, "loaded"));
    statements.add(String.format(insert, "loaded", 1, 2));
    world.mysql().execute(statements.toArray(String[]::new));
    world.catchUp(id);
    statements.subList(1, 3).clear();
    for (String table : List.of("loaded", "born")) {
      if (table.equals("born")) {
        statements.add(String.format(create, table));
      }
      statements.add(String.format(insert, table, 11, 12));
      statements.add(String.format(update, table, 11));
      statements.add(String.format(delete, table, 12));
    }
    world.follow(world.pipeline(id), statements.toArray(String[]::new));
    CheckReport report = world.check(id);
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }
}
