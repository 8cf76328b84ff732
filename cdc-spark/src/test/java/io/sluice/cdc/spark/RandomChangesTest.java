package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random changes, with a merge after each handful; the seed is in the message of a failure. */
@Tag("servers")
class RandomChangesTest {
  private static final int STATEMENTS = 40;
  private static final List<String> TABLES = List.of("number", "text", "keyless");
  private static final List<String> ALTERS =
      List.of(
          "ADD COLUMN n1 VARCHAR(9)",
          "MODIFY v BIGINT",
          "DROP COLUMN d, ADD COLUMN n2 DECIMAL(9,2)",
          "MODIFY n2 DECIMAL(12,4)",
          "ADD COLUMN n3 INT DEFAULT 7",
          "RENAME COLUMN n1 TO n4");
  private final SparkWorld world = SparkWorld.shared();

  @Test
  void theLakeEqualsMySqlAfterRandomChanges() throws Exception {
    rounds(
        "random", Integer.getInteger("sluice.test.rounds", 3), Long.getLong("sluice.test.seed", 5));
  }

  @Test
  @Tag("long")
  void theLakeEqualsMySqlAfterManyRandomChanges() throws Exception {
    for (long seed = 100; seed < 104; seed++) {
      rounds("random" + seed, 8, seed);
    }
  }

  private void rounds(String id, int rounds, long seed) throws Exception {
    Random random = new Random(seed);
    world
        .mysql()
        .execute(
            "CREATE DATABASE " + id + " CHARACTER SET utf8mb4",
            "CREATE TABLE " + id + ".number (id INT PRIMARY KEY, v INT, d DECIMAL(9,2))",
            "CREATE TABLE "
                + id
                + ".text (id VARCHAR(20), v INT, d DECIMAL(9,2), PRIMARY KEY (id))",
            "CREATE TABLE " + id + ".keyless (id INT, v INT, d DECIMAL(9,2))");
    try {
      for (int round = 0; round < rounds; round++) {
        world.mysql().execute(statements(id, round, random).toArray(String[]::new));
        world.catchUp(id);
        world.merge(id).build().run();
        world.assertSame(id);
      }
      if (PrintedSql.isReadBy(world.spark())) {
        assertCurrentViews(id);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** What is printed for queries says the same as MySQL, and so as the lake. */
  private void assertCurrentViews(String id) throws Exception {
    Map<String, String> views = PrintedSql.run(world, id);
    assertThat(views).isNotEmpty();
    Map<String, List<String>> expected = Rows.ofMySql(world, id);
    for (Map.Entry<String, String> view : views.entrySet()) {
      assertThat(Rows.ofLake(world, view.getValue(), Rows.columnsOf(world, id, view.getKey())))
          .as("the current view of %s", view.getKey())
          .isEqualTo(expected.get(view.getKey()));
    }
  }

  private static List<String> statements(String id, int round, Random random) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < STATEMENTS; i++) {
      String table = id + "." + TABLES.get(random.nextInt(TABLES.size()));
      all.add(statement(table, random));
    }
    String alter = ALTERS.get(round % ALTERS.size());
    TABLES.forEach(
        t -> all.add(random.nextInt(all.size()), "ALTER TABLE " + id + "." + t + " " + alter));
    return all;
  }

  private static String statement(String table, Random random) {
    int key = random.nextInt(30);
    int other = random.nextInt(30);
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4 ->
          "INSERT IGNORE INTO "
              + table
              + " (id, v) VALUES ("
              + key
              + ", "
              + other % 3
              + "), ("
              + other
              + ", NULL)";
      case 5, 6 -> "UPDATE " + table + " SET v = " + other + " WHERE id = " + key;
      case 7 -> "UPDATE IGNORE " + table + " SET id = " + other + " WHERE id = " + key + " LIMIT 1";
      case 8, 9 -> "DELETE FROM " + table + " WHERE id = " + key + " LIMIT 1";
      case 10 -> "DELETE FROM " + table + " WHERE v = " + other % 3 + " LIMIT 3";
      default ->
          random.nextInt(6) == 0
              ? "TRUNCATE " + table
              : "REPLACE INTO " + table + " (id, v) VALUES (" + key + ", 100)";
    };
  }
}
