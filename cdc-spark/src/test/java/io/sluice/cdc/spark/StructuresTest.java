package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.event.TableName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Columns that come, go and change their types. */
@Tag("servers")
class StructuresTest {
  private final SparkWorld world = SparkWorld.shared();

  @Test
  void columnsFollowThoseOfMySql() throws Exception {
    String id = "alter";
    world
        .mysql()
        .execute(
            "CREATE DATABASE `alter`",
            "CREATE TABLE `alter`.widened (id INT PRIMARY KEY, v INT, w INT UNSIGNED, d DECIMAL(9,2), e DECIMAL(9,2), x FLOAT, gone INT)",
            "CREATE TABLE `alter`.keyless (v INT, d DECIMAL(9,2), gone INT)",
            "CREATE TABLE `alter`.retyped (id INT PRIMARY KEY, v VARCHAR(20), g DOUBLE, b TEXT)",
            "CREATE TABLE `alter`.renamed (id INT PRIMARY KEY, a INT, b INT)",
            "CREATE TABLE `alter`.replaced (id INT PRIMARY KEY, a INT)",
            "CREATE TABLE `alter`.rekeyed (id INT PRIMARY KEY, a INT)",
            "INSERT INTO `alter`.widened VALUES (1, 2147483647, 4294967295, 1234567.89, 1.5, 0.1, 1), (2, NULL, NULL, NULL, NULL, NULL, 2)",
            "INSERT INTO `alter`.keyless VALUES (1, 1.5, 7), (1, 1.5, 8), (2, 2.5, 9), (3, NULL, NULL)",
            "INSERT INTO `alter`.retyped VALUES (1, '7', 9.0, 'é'), (2, '8', 1.0, NULL), (3, 'three', 1.5, 'q')",
            "INSERT INTO `alter`.renamed VALUES (1, 10, 100), (2, 20, 200)",
            "INSERT INTO `alter`.replaced VALUES (1, 1), (2, 2)",
            "INSERT INTO `alter`.rekeyed VALUES (1, 1), (2, 2)");
    world.catchUp(id);
    world.merge(id).build().run();
    world.assertSame(id);
    world
        .mysql()
        .execute(
            "UPDATE `alter`.widened SET gone = 5 WHERE id = 1",
            "ALTER TABLE `alter`.widened MODIFY v BIGINT, MODIFY e DECIMAL(12,2), ADD COLUMN added VARCHAR(9), DROP COLUMN gone",
            "INSERT INTO `alter`.widened VALUES (3, 5000000000, 1, 1, 1234567890.12, 1.5, 'new')",
            "UPDATE `alter`.widened SET added = 'late' WHERE id = 2",
            "ALTER TABLE `alter`.keyless DROP COLUMN gone, ADD COLUMN added INT",
            "DELETE FROM `alter`.keyless WHERE v = 1 LIMIT 1",
            "INSERT INTO `alter`.keyless VALUES (3, NULL, NULL)");
    world.catchUp(id);
    world.merge(id).build().run();
    world.assertSame(id);
    world
        .mysql()
        .execute(
            "ALTER TABLE `alter`.widened MODIFY w BIGINT UNSIGNED, MODIFY d DECIMAL(14,4)",
            "INSERT INTO `alter`.widened (id, w, d) VALUES (9, 18446744073709551615, 1234567890.1234)",
            "UPDATE `alter`.widened SET d = 7.1234 WHERE id = 1",
            "ALTER TABLE `alter`.keyless MODIFY d DECIMAL(14,4)",
            "DELETE FROM `alter`.keyless WHERE v = 1 LIMIT 1",
            "DELETE FROM `alter`.retyped WHERE id = 3",
            "ALTER TABLE `alter`.retyped MODIFY v INT, MODIFY g BIGINT, MODIFY b BLOB",
            "INSERT INTO `alter`.retyped VALUES (4, 4, 9007199254740993, x'5c00ff')",
            "ALTER TABLE `alter`.renamed RENAME COLUMN a TO z, ADD COLUMN c INT DEFAULT 5",
            "UPDATE `alter`.renamed SET z = 12 WHERE id = 2",
            "DROP TABLE `alter`.replaced",
            "CREATE TABLE `alter`.replaced (id VARCHAR(9) PRIMARY KEY, a DATETIME(6))",
            "INSERT INTO `alter`.replaced VALUES ('k', '2024-01-01 00:00:00.000001')",
            "ALTER TABLE `alter`.rekeyed DROP PRIMARY KEY",
            "INSERT INTO `alter`.rekeyed VALUES (1, 1)");
    world.catchUp(id);
    MergeResult result = world.merge(id).build().run();
    world.assertSame(id);
    assertThat(result.tables()).hasSize(6).noneMatch(TableResult::rebuilt);
  }

  @Test
  void aTypeThatCannotBeReachedNamesTheColumnAndTheRemedyAndKeepsNoOtherTableBack()
      throws Exception {
    String id = "keep";
    world
        .mysql()
        .execute(
            "CREATE DATABASE keep",
            "CREATE TABLE keep.one (id INT PRIMARY KEY, v VARCHAR(9))",
            "CREATE TABLE keep.two (id INT PRIMARY KEY, v INT)",
            "INSERT INTO keep.one VALUES (1, '1')",
            "INSERT INTO keep.two VALUES (1, 1)");
    world.catchUpKeeping(id);
    world.merge(id).build().run();
    world
        .mysql()
        .execute(
            "ALTER TABLE keep.one MODIFY v INT",
            "INSERT INTO keep.one VALUES (2, 2)",
            "INSERT INTO keep.two VALUES (2, 2)");
    world.catchUpKeeping(id);
    assertThatThrownBy(() -> world.merge(id).build().run())
        .isInstanceOfSatisfying(
            MergeException.class,
            e -> assertThat(e.failures()).containsOnlyKeys(new TableName("keep", "one")))
        .hasMessageContaining("Column v of table keep.one was string and is int now")
        .hasMessageContaining("bin/cdc reload keep.one");
    assertThat(world.sql("SELECT * FROM lake.keep_keep.two")).hasSize(2);
    assertThat(world.sql("SELECT * FROM lake.keep_keep.one")).hasSize(1);
  }
}
