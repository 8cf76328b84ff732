package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Prepare;
import io.trino.sql.tree.Statement;
import java.util.List;
import java.util.stream.Stream;

/** The SQL for Trino and Athena over {@link QueryScenario}, read by Trino's parser. */
final class PrestoSql {
  private static final String PLACE = "s3://lake/it's";

  private PrestoSql() {}

  static void check(LakeSql lake) {
    parse(lake);
    leavesOutWhatIsDead(lake);
    refuses(lake);
    declaresForAthena(lake);
  }

  /** Every statement for every table. */
  static void parse(LakeSql lake) {
    for (TableName table : lake.tables()) {
      parse(lake.write(SqlDialect.TRINO, PLACE, List.of(table)), 5);
      parse(lake.write(SqlDialect.ATHENA, PLACE, List.of(table)), 4);
    }
  }

  private static void parse(LakeSql.Script script, int statements) {
    SqlParser parser = new SqlParser();
    List<String> found = statements(script.sql());
    assertThat(found)
        .as(script.sql())
        .hasSize(
            script.refused().isEmpty() && !script.sql().contains("-- No file so far")
                ? statements
                : 0);
    for (String sql : found) {
      // Hive's language, which Trino does not read.
      if (!sql.startsWith("CREATE EXTERNAL TABLE") && !sql.startsWith("CREATE DATABASE")) {
        Statement parsed = parser.createStatement(sql);
        assertThat(parsed instanceof Prepare).isEqualTo(sql.startsWith("PREPARE"));
      }
    }
  }

  private static List<String> statements(String script) {
    String noComments =
        String.join("\n", script.lines().filter(line -> !line.startsWith("-- ")).toList());
    return Stream.of(noComments.split(";\n|;$"))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static void leavesOutWhatIsDead(LakeSql lake) {
    LakeSql.Script retyped = lake.write(SqlDialect.TRINO, PLACE, List.of(table("retyped")));
    assertThat(retyped.sql())
        .contains("NOT (\"$path\" BETWEEN 's3://lake/it''s/shop/retyped/dt=")
        .contains("\"v\" integer", "\"g\" bigint", "\"b\" varbinary");
    assertThat(lake.write(SqlDialect.TRINO, PLACE, List.of(table("renamed"))).sql())
        .as("types that are the same need nothing")
        .doesNotContain("BETWEEN");
    assertThat(lake.write(SqlDialect.SPARK, PLACE, List.of(table("retyped"))).sql())
        .contains("pathGlobFilter '{0000000000000000");
  }

  private static void refuses(LakeSql lake) {
    for (SqlDialect engine : List.of(SqlDialect.TRINO, SqlDialect.ATHENA)) {
      LakeSql.Script script = lake.write(engine, PLACE, List.of(table("widened")));
      assertThat(script.refused())
          .singleElement()
          .asString()
          .contains("shop.widened", "column w", "bin/cdc reload");
      assertThat(script.sql()).contains("-- REFUSED").doesNotContain("CREATE");
    }
  }

  private static void declaresForAthena(LakeSql lake) {
    String odd = lake.write(SqlDialect.ATHENA, PLACE, List.of(table("we\"ird ' na`me; --"))).sql();
    assertThat(odd)
        .contains(
            "`sel``ect` int",
            "`dt` date",
            "PARTITIONED BY (`_cdc_dt` string)",
            "'projection._cdc_dt.type' = 'date'",
            "LOCATION 's3://lake/it\\'s/shop/we%22ird%20%27%20na%60me%3B%20--/'",
            "/dt=${_cdc_dt}/'",
            "Athena promises nothing for columns");
    assertThat(lake.write(SqlDialect.ATHENA, PLACE, List.of(table("Order"))).sql())
        .contains("`shop`.`order` (");
    assertThat(lake.write(SqlDialect.ATHENA, PLACE, List.of(table("order"))).sql())
        .containsPattern("`shop`\\.`order_[0-9a-f]{8}` \\(");
  }

  private static TableName table(String name) {
    return QueryScenario.table(name);
  }
}
