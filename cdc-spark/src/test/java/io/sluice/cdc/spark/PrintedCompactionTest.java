package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.s3.Compaction;
import io.sluice.cdc.s3.CompactionReport;
import io.sluice.cdc.s3.S3Sink;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is printed for Spark, while files are compacted and as of every kind of moment. */
@Tag("servers")
class PrintedCompactionTest {
  private static final String ID = "printedcompact";
  private static final String ROW = "'x', 1.50, -0e0, '2024-02-29 12:00:00.000001'";

  private final SparkWorld world = SparkWorld.shared();

  /** What MySQL held, and three names for that moment. */
  private record Moment(Map<String, List<String>> rows, List<String> settings) {}

  @Test
  void noAnswerChangesBeforeDuringAndAfterACompaction() throws Exception {
    PrintedSql.assumeReadBy(world);
    world
        .mysql()
        .execute(
            "CREATE DATABASE " + ID,
            "USE " + ID,
            "CREATE TABLE keyed (id INT PRIMARY KEY, t TEXT, d DECIMAL(9,2), g DOUBLE, at DATETIME(6))",
            "CREATE TABLE keyless (id INT, t TEXT, d DECIMAL(9,2), g DOUBLE, at DATETIME(6))",
            "CREATE TABLE emptied (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE `Odd na``me` (`se.l``ect` INT PRIMARY KEY, dt DATE, `it's @ :x` INT)",
            "INSERT INTO keyed VALUES (1, " + ROW + "), (2, " + ROW + "), (3, " + ROW + ")",
            "INSERT INTO keyless SELECT * FROM keyed",
            "INSERT INTO keyless SELECT * FROM keyed",
            "INSERT INTO emptied VALUES (1, 1)",
            "INSERT INTO `Odd na``me` VALUES (1, '2024-01-01', 5)");
    world.catchUp(ID);
    Moment loaded = now();
    change(10);
    Moment changed = now();
    change(20);
    change(30);
    assertAnswers(loaded);
    assertThat(compact().filesAfter()).isGreaterThan(3);
    world.catchUp(ID); // now both stand there
    assertAnswers(loaded, changed);
    assertThat(compact().deletedFiles()).isGreaterThan(5);
    assertAnswers(changed);
    assertASessionThatGoesOnSeesNewFilesOnceItIsTold();
  }

  /** Spark remembers which files it saw, which the printed comment says. */
  private void assertASessionThatGoesOnSeesNewFilesOnceItIsTold() throws Exception {
    change(40);
    world.sql("MSCK REPAIR TABLE " + ID + ".keyed");
    assertThat(Rows.ofLake(world, ID + ".keyed_current", Rows.columnsOf(world, ID, "keyed")))
        .isEqualTo(Rows.ofMySql(world, ID).get("keyed"));
  }

  private void change(int id) throws Exception {
    world
        .mysql()
        .execute(
            "USE " + ID,
            "INSERT INTO keyed VALUES (" + id + ", " + ROW + ")",
            "UPDATE keyed SET d = d + 1 WHERE id < 3",
            "UPDATE keyed SET id = id + 100 WHERE id = " + id,
            "DELETE FROM keyless WHERE id = 1 LIMIT 1",
            "INSERT INTO keyless VALUES (1, "
                + ROW
                + "), (2, "
                + ROW
                + "), (NULL, NULL, NULL, 0e0, NULL)",
            "TRUNCATE emptied",
            "INSERT INTO emptied VALUES (" + id + ", 1)",
            "REPLACE INTO `Odd na``me` VALUES (1, '2024-01-02', " + id + ")");
    world.catchUp(ID);
  }

  private CompactionReport compact() throws InterruptedException {
    try (S3Sink sink = world.sink(ID)) {
      CompactionReport report =
          sink.compact(
              new PipelineId(ID),
              Compaction.DEFAULT
                  .withMinFiles(2)
                  .withKeep(Duration.ZERO)
                  .withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(3))),
              text -> {});
      assertThat(report.skipped()).isEmpty();
      return report;
    }
  }

  private void assertAnswers(Moment... past) throws Exception {
    Map<String, String> views = PrintedSql.run(world, ID);
    Map<String, List<String>> now = Rows.ofMySql(world, ID);
    assertThat(views).containsOnlyKeys(now.keySet());
    for (Map.Entry<String, String> view : views.entrySet()) {
      String table = view.getKey();
      List<String> columns = Rows.columnsOf(world, ID, table);
      assertThat(Rows.ofLake(world, view.getValue(), columns)).as(table).isEqualTo(now.get(table));
      String asOf =
          "`"
              + ID
              + "_"
              + view.getValue().replaceAll("^.*\\.|`", "").replaceAll("_current$", "")
              + "_as_of`";
      for (Moment moment : past) {
        for (String setting : moment.settings()) {
          world.sql("SET VAR " + setting);
          assertThat(Rows.ofLake(world, asOf, columns))
              .as("%s as of %s", table, setting)
              .isEqualTo(moment.rows().get(table));
          world.sql("SET VAR " + setting.substring(0, setting.indexOf(' ')) + " = DEFAULT");
        }
      }
    }
  }

  private Moment now() throws Exception {
    long[] last = new long[2];
    try (S3Sink sink = world.sink(ID)) {
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
      String time;
      try (ResultSet row = sql.executeQuery("SELECT CAST(NOW(6) AS CHAR)")) {
        row.next();
        time = row.getString(1);
      }
      sql.execute("DO SLEEP(0.02)");
      return new Moment(
          Rows.ofMySql(world, ID),
          List.of(
              "_cdc_to_seq = " + last[0],
              "_cdc_to_commit = " + last[1],
              "_cdc_to_ts = TIMESTAMP '" + time + "Z'"));
    }
  }
}
