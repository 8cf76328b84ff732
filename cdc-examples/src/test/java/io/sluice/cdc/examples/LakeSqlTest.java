package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.Compaction;
import io.sluice.cdc.s3.CompactionReport;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The SQL for DuckDB is executed over the files and judged by what MySQL holds; that for Trino and
 * Athena is parsed.
 */
@Tag("servers")
class LakeSqlTest {
  private static final String NAME = "\"(?:[^\"]|\"\")+\"";

  @Test
  void currentIsWhatMySqlHoldsAndAsOfWhatItHeld() throws Exception {
    try (PipelineWorld world = PipelineWorld.open()) {
      QueryScenario scenario = new QueryScenario(world);
      scenario.load();
      QueryScenario.Moment loaded = scenario.now();
      assertCurrent(scenario, loaded);
      scenario.change();
      QueryScenario.Moment changed = scenario.now();
      assertThat(changed.rows()).isNotEqualTo(loaded.rows());
      assertCurrent(scenario, changed);
      assertAsOf(scenario, loaded);
      scenario.alter();
      scenario.alterToUnsignedBigint();
      assertCurrent(scenario, scenario.now());
      assertAsOf(scenario, loaded);
      assertAsOf(scenario, changed);
      PrestoSql.check(scenario.lake());
      try (Queried lake = new Queried(scenario)) {
        assertThat(lake.asOf("widened", "_cdc_to_seq := " + loaded.sequence()))
            .as("the past in the columns of today")
            .containsExactly("1|2147483647|4294967295|1234567.89|NULL", "2|NULL|NULL|NULL|NULL");
        assertThatThrownBy(() -> lake.asOf("retyped", "_cdc_to_seq := " + loaded.sequence()))
            .as("'three' is no number, and nothing is made up for it")
            .hasMessageContaining("three");
      }
    }
  }

  /** What was printed before a compaction, and after it, is right before, during and after it. */
  @Test
  void compactionChangesNoAnswer() throws Exception {
    try (PipelineWorld world = PipelineWorld.open()) {
      QueryScenario scenario = new QueryScenario(world);
      scenario.load();
      QueryScenario.Moment loaded = scenario.now();
      scenario.change();
      scenario.changeAgain();
      QueryScenario.Moment changed = scenario.now();
      scenario.alter();
      scenario.changeAgain();
      List<QueryScenario.Moment> past = List.of(loaded, changed);
      QueryScenario.Moment now = scenario.now();
      try (Queried before = new Queried(scenario)) {
        assertThat(compact(world).filesAfter()).isGreaterThan(5);
        world.catchUp(QueryScenario.ID);
        assertAnswers(scenario, before, now, past);
        assertThat(world.check(QueryScenario.ID).inWords()).startsWith("equal");
        assertThat(compact(world).deletedFiles()).isGreaterThan(10);
        assertAnswers(scenario, before, now, past);
        assertThat(world.check(QueryScenario.ID).inWords()).startsWith("equal");
      }
    }
  }

  private static CompactionReport compact(PipelineWorld world) throws Exception {
    try (S3Sink sink = world.sink(QueryScenario.ID).build()) {
      CompactionReport report =
          sink.compact(
              new PipelineId(QueryScenario.ID),
              Compaction.DEFAULT
                  .withMinFiles(2)
                  .withKeep(Duration.ZERO)
                  .withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(3))),
              text -> {});
      assertThat(report.skipped()).isEmpty();
      return report;
    }
  }

  private static void assertAnswers(
      QueryScenario scenario,
      Queried before,
      QueryScenario.Moment now,
      List<QueryScenario.Moment> past)
      throws Exception {
    try (Queried after = new Queried(scenario)) {
      for (Queried lake : List.of(before, after)) {
        for (String table : now.rows().keySet()) {
          if (lake.knows(table)) {
            assertThat(lake.current(table)).as(table).isEqualTo(now.rows().get(table));
          }
        }
        for (QueryScenario.Moment moment : past) {
          assertAsOf(lake, moment);
        }
      }
    }
  }

  private static void assertAsOf(QueryScenario scenario, QueryScenario.Moment moment)
      throws Exception {
    try (Queried lake = new Queried(scenario)) {
      assertAsOf(lake, moment);
    }
  }

  private static void assertAsOf(Queried lake, QueryScenario.Moment moment) throws Exception {
    for (String table : QueryScenario.STEADY) {
      List<String> expected = moment.rows().get(table);
      assertThat(lake.asOf(table, "_cdc_to_seq := " + moment.sequence())).isEqualTo(expected);
      assertThat(lake.asOf(table, "_cdc_to_commit := " + moment.commit())).isEqualTo(expected);
      assertThat(lake.asOf(table, "_cdc_to_ts := '" + moment.time() + "+00'")).isEqualTo(expected);
    }
  }

  /** A table that never had a row is in no commit, so that there is nothing to be printed. */
  private static void assertCurrent(QueryScenario scenario, QueryScenario.Moment moment)
      throws Exception {
    Map<String, List<String>> expected = new TreeMap<>(moment.rows());
    Map<String, List<String>> found = new TreeMap<>();
    try (Queried lake = new Queried(scenario)) {
      for (String table : moment.rows().keySet()) {
        if (lake.knows(table)) {
          found.put(table, lake.current(table));
        } else {
          assertThat(expected.remove(table)).as(table).isEmpty();
        }
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  /** A DuckDB in which everything that is printed was executed. */
  private static final class Queried implements AutoCloseable {
    private final QueryScenario scenario;
    private final LakeSql lake;
    private final Connection duck = DriverManager.getConnection("jdbc:duckdb:");

    Queried(QueryScenario scenario) throws Exception {
      this.scenario = scenario;
      this.lake = scenario.lake();
      String all = print(lake.tables());
      try (Statement sql = duck.createStatement()) {
        sql.execute(all);
      } catch (SQLException e) {
        throw new AssertionError(e.getMessage() + "\n" + all, e);
      }
    }

    boolean knows(String table) {
      return lake.tables().contains(QueryScenario.table(table));
    }

    List<String> current(String table) throws SQLException {
      return read(created(table, "VIEW", 2));
    }

    List<String> asOf(String table, String moment) throws SQLException {
      return read(created(table, "MACRO", 1) + "(" + moment + ")");
    }

    private String print(List<TableName> tables) {
      LakeSql.Script script = lake.write(SqlDialect.DUCKDB, scenario.folder().toString(), tables);
      assertThat(script.refused()).isEmpty();
      return script.sql();
    }

    /** The name of the object that is created as the n-th of its kind for a table. */
    private String created(String table, String kind, int nth) {
      String script = print(List.of(QueryScenario.table(table)));
      Matcher created =
          Pattern.compile("CREATE OR REPLACE " + kind + " (" + NAME + "\\." + NAME + ")")
              .matcher(script);
      for (int i = 0; i < nth; i++) {
        assertThat(created.find()).as(script).isTrue();
      }
      return created.group(1);
    }

    private List<String> read(String object) throws SQLException {
      try (Statement sql = duck.createStatement();
          ResultSet rows = sql.executeQuery("FROM " + object)) {
        return QueryValues.of(rows);
      }
    }

    @Override
    public void close() throws SQLException {
      duck.close();
    }
  }
}
