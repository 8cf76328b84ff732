package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
      assertThat(asOf(scenario.lake(), scenario, "widened", "_cdc_to_seq := " + loaded.sequence()))
          .as("the past in the columns of today")
          .containsExactly("1|2147483647|4294967295|1234567.89|NULL", "2|NULL|NULL|NULL|NULL");
    }
  }

  private static void assertAsOf(QueryScenario scenario, QueryScenario.Moment moment)
      throws Exception {
    LakeSql lake = scenario.lake();
    for (String table : QueryScenario.STEADY) {
      List<String> expected = moment.rows().get(table);
      assertThat(asOf(lake, scenario, table, "_cdc_to_seq := " + moment.sequence()))
          .isEqualTo(expected);
      assertThat(asOf(lake, scenario, table, "_cdc_to_commit := " + moment.commit()))
          .isEqualTo(expected);
      assertThat(asOf(lake, scenario, table, "_cdc_to_ts := '" + moment.time() + "+00'"))
          .isEqualTo(expected);
    }
  }

  /** A table that never had a row is in no commit, so that there is nothing to be printed. */
  private static void assertCurrent(QueryScenario scenario, QueryScenario.Moment moment)
      throws Exception {
    LakeSql lake = scenario.lake();
    Map<String, List<String>> expected = new TreeMap<>(moment.rows());
    Map<String, List<String>> found = new TreeMap<>();
    for (String table : moment.rows().keySet()) {
      if (lake.tables().contains(QueryScenario.table(table))) {
        found.put(table, read(lake, scenario, table, "VIEW", 2, ""));
      } else {
        assertThat(expected.remove(table)).as(table).isEmpty();
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  private static List<String> asOf(
      LakeSql lake, QueryScenario scenario, String table, String moment) throws Exception {
    return read(lake, scenario, table, "MACRO", 1, "(" + moment + ")");
  }

  /** Executes what is printed for a table, then reads the object that is created as the n-th. */
  private static List<String> read(
      LakeSql lake, QueryScenario scenario, String table, String kind, int nth, String arguments)
      throws Exception {
    LakeSql.Script script =
        lake.write(
            SqlDialect.DUCKDB, scenario.folder().toString(), List.of(QueryScenario.table(table)));
    assertThat(script.refused()).isEmpty();
    Matcher created =
        Pattern.compile("CREATE OR REPLACE " + kind + " (" + NAME + "\\." + NAME + ")")
            .matcher(script.sql());
    for (int i = 0; i < nth; i++) {
      assertThat(created.find()).as(script.sql()).isTrue();
    }
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      sql.execute(script.sql());
      try (ResultSet rows = sql.executeQuery("FROM " + created.group(1) + arguments)) {
        return QueryValues.of(rows);
      }
    } catch (SQLException e) {
      throw new AssertionError(e.getMessage() + "\n" + script.sql(), e);
    }
  }
}
