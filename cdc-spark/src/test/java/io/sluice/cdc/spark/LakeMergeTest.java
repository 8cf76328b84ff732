package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables in the lake are judged by what MySQL holds. */
@Tag("servers")
class LakeMergeTest {
  private static final String VALUES =
      " v INT, t TEXT, d DECIMAL(20,4), f FLOAT, g DOUBLE, j JSON, b BLOB, m BIGINT UNSIGNED,"
          + " at DATETIME(6), ts TIMESTAMP(6) NULL, day DATE, u BIT(3), w TINYINT, h TIME(6), y YEAR";
  private static final String ROW =
      "'x''y', 12345678901.2345, 0.1, -0e0, '{\"a\": [1, \"ü\"]}', x'00ff27',"
          + " 18446744073709551615, '2024-02-29 12:00:00.000001', '2024-02-29 12:00:00.000001',"
          + " '1000-01-01', b'101', -128, '-838:59:58.5', 2155";
  private static final String NULLS =
      "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";

  private final SparkWorld world = SparkWorld.shared();

  @Test
  void everyKindOfKeyAndChangeEndsAsInMySql() throws Exception {
    String id = "kinds";
    world
        .mysql()
        .execute(
            "CREATE DATABASE kinds CHARACTER SET utf8mb4",
            "CREATE TABLE kinds.single (id INT PRIMARY KEY," + VALUES + ")",
            "CREATE TABLE kinds.pair (k VARCHAR(9), i BIGINT UNSIGNED,"
                + VALUES
                + ", PRIMARY KEY (k, i))",
            "CREATE TABLE kinds.bytes (k VARBINARY(9) NOT NULL UNIQUE," + VALUES + ")",
            "CREATE TABLE kinds.keyless (" + VALUES + ")",
            "CREATE TABLE kinds.emptied (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE kinds.`Odd na``me` (`se.l``ect` INT PRIMARY KEY, dt DATE, `it's @ :x` INT)",
            "INSERT INTO kinds.single VALUES (1, 1, "
                + ROW
                + "), (2, NULL, "
                + NULLS
                + "), (3, 3, "
                + ROW
                + ")",
            "INSERT INTO kinds.pair VALUES ('a', 1, 1, "
                + ROW
                + "), ('A ', 2, NULL, "
                + NULLS
                + "), ('', 3, 3, "
                + ROW
                + ")",
            "INSERT INTO kinds.bytes VALUES (x'00', 1, " + ROW + "), (x'ff', NULL, " + NULLS + ")",
            "INSERT INTO kinds.keyless VALUES (1, "
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
            "INSERT INTO kinds.keyless (v, f, g) VALUES (9, 0.0, 0.0), (9, -0e0, -0e0)",
            "INSERT INTO kinds.emptied VALUES (1, 1), (2, 2)",
            "INSERT INTO kinds.`Odd na``me` VALUES (1, '2024-01-01', 5), (2, NULL, NULL)");
    world.catchUp(id);
    MergeResult first = world.merge(id).build().run();
    world.assertSame(id);
    assertThat(first.tables())
        .allSatisfy(t -> assertThat(t.way()).isEqualTo(TableResult.Way.APPENDED));
    world
        .mysql()
        .execute(
            "INSERT INTO kinds.single VALUES (4, 4, " + ROW + "), (5, 5, " + NULLS + ")",
            "UPDATE kinds.single SET v = v + 1, g = 1.5",
            "UPDATE kinds.single SET id = 30 WHERE id = 3",
            "DELETE FROM kinds.single WHERE id IN (1, 5)",
            "INSERT INTO kinds.single VALUES (5, 6, " + ROW + ")",
            "UPDATE kinds.pair SET k = 'b' WHERE i = 1",
            "DELETE FROM kinds.pair WHERE i = 3",
            "UPDATE kinds.bytes SET k = x'0000' WHERE k = x'00'",
            "DELETE FROM kinds.bytes WHERE k = x'ff'",
            "DELETE FROM kinds.keyless WHERE v = 1 LIMIT 2",
            "DELETE FROM kinds.keyless WHERE v IS NULL LIMIT 1",
            "DELETE FROM kinds.keyless WHERE v = 9 LIMIT 1",
            "UPDATE kinds.keyless SET t = 'changed' WHERE v = 9 LIMIT 1",
            "INSERT INTO kinds.keyless VALUES (1, " + ROW + ")",
            "TRUNCATE kinds.emptied",
            "INSERT INTO kinds.emptied VALUES (2, 20), (3, 30)",
            "DELETE FROM kinds.`Odd na``me` WHERE `se.l``ect` = 2",
            "INSERT INTO kinds.`Odd na``me` VALUES (3, '2025-05-05', 1)");
    world.catchUp(id);
    MergeResult second = world.merge(id).build().run();
    world.assertSame(id);
    assertThat(second.from()).isEqualTo(first.through());
    assertThat(world.merge(id).build().run().tables()).isEmpty();
  }

  /** It is NULL in the files, and one row of the table, not a new one at each change. */
  @Test
  void aKeyWithADateThatNoCalendarHasFindsItsRowAgain() throws Exception {
    String id = "zerokey";
    world
        .mysql()
        .execute(
            "CREATE DATABASE zerokey",
            "SET SESSION sql_mode = ''",
            "CREATE TABLE zerokey.t (day DATE, id INT, v INT, PRIMARY KEY (day, id))",
            "INSERT INTO zerokey.t VALUES ('0000-00-00', 1, 1), ('0000-00-00', 2, 1),"
                + " ('2024-02-29', 1, 1)");
    world.catchUp(id);
    world.merge(id).build().run();
    world
        .mysql()
        .execute(
            "SET SESSION sql_mode = ''",
            "UPDATE zerokey.t SET v = 2 WHERE id = 1",
            "DELETE FROM zerokey.t WHERE id = 2",
            "INSERT INTO zerokey.t VALUES ('0000-00-00', 3, 3)");
    world.catchUp(id);
    world.merge(id).build().run();
    assertThat(Rows.ofLake(world, "lake.zerokey_zerokey.t", List.of("day", "id", "v")))
        .containsExactly("2024-02-29|1|2", "NULL|1|2", "NULL|3|3");
  }
}
