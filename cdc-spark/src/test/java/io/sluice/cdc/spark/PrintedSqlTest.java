package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.s3.S3Sink;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spark runs the statements that {@code bin/cdc sql --dialect spark} prints. */
@Tag("servers")
class PrintedSqlTest {
  private final SparkWorld world = SparkWorld.shared();

  @Test
  void theCurrentViewsEqualMySqlAndTheStateAsOfThenIsTheOneOfThen() throws Exception {
    PrintedSql.assumeReadBy(world);
    world
        .mysql()
        .execute(
            "CREATE DATABASE printed CHARACTER SET utf8mb4",
            "USE printed",
            "CREATE TABLE keyed (id INT PRIMARY KEY, v INT, t VARCHAR(20), d DECIMAL(12,2), at DATETIME(3), ts TIMESTAMP(6) NULL, b VARBINARY(5))",
            "CREATE TABLE keyless (a INT, b VARCHAR(9))",
            "CREATE TABLE emptied (id BIGINT UNSIGNED PRIMARY KEY, j JSON)",
            "INSERT INTO keyed VALUES (1, 1, 'ä', 1.50, '2024-02-29 01:02:03.004', '2024-03-10 07:30:00.000001', x'00ff'),"
                + " (2, NULL, NULL, NULL, NULL, NULL, NULL), (3, 3, '3', 3, NULL, NULL, x'')",
            "INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (2, NULL)",
            "INSERT INTO emptied VALUES (18446744073709551615, '{\"a\": 1}')");
    world.catchUp("printed");
    Map<String, List<String>> then = Rows.ofMySql(world, "printed");
    String asOf = "SET VAR _cdc_to_commit = " + lastCommit();
    world
        .mysql()
        .execute(
            "USE printed",
            "UPDATE keyed SET v = 10, id = 4 WHERE id = 1",
            "DELETE FROM keyed WHERE id = 2",
            "ALTER TABLE keyed ADD COLUMN more VARCHAR(5), MODIFY v BIGINT",
            "INSERT INTO keyed (id, v, more) VALUES (5, 5000000000, 'm')",
            "DELETE FROM keyless WHERE a = 1 LIMIT 1",
            "INSERT INTO keyless VALUES (2, NULL), (3, 'y')",
            "TRUNCATE TABLE emptied",
            "INSERT INTO emptied VALUES (7, 'null')");
    world.catchUp("printed");
    Map<String, String> views = PrintedSql.run(world, "printed");
    Map<String, List<String>> now = Rows.ofMySql(world, "printed");
    for (String table : now.keySet()) {
      String view = views.getOrDefault(table, "");
      List<String> columns = Rows.columnsOf(world, "printed", table);
      assertThat(Rows.ofLake(world, view, columns)).as(table).isEqualTo(now.get(table));
    }
    world.sql(asOf);
    List<String> before =
        Rows.columnsOf(world, "printed", "keyed").stream().filter(c -> !c.equals("more")).toList();
    assertThat(Rows.ofLake(world, "printed_keyed_as_of", before)).isEqualTo(then.get("keyed"));
    assertThat(
            Rows.ofLake(
                world, "printed_keyless_as_of", Rows.columnsOf(world, "printed", "keyless")))
        .isEqualTo(then.get("keyless"));
    assertThat(
            Rows.ofLake(
                world, "printed_emptied_as_of", Rows.columnsOf(world, "printed", "emptied")))
        .isEqualTo(then.get("emptied"));
  }

  private long lastCommit() throws InterruptedException {
    try (S3Sink sink = world.sink("printed")) {
      return sink.readLog(new PipelineId("printed"), 0, commit -> {});
    }
  }
}
