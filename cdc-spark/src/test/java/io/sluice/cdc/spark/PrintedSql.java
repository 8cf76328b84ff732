package io.sluice.cdc.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Runs in Spark what {@code bin/cdc sql --dialect spark} prints. */
final class PrintedSql {
  private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\S+) \\(");

  private PrintedSql() {}

  /** Whether this Spark knows the variables by which a moment is chosen. */
  static boolean isReadBy(SparkSession spark) {
    return !spark.version().startsWith("3.");
  }

  /** Leaves a test out where Spark does not know them; what is printed is for Spark 4. */
  static void assumeReadBy(SparkWorld world) {
    assumeTrue(isReadBy(world.spark()), "The printed SQL is for Spark 4");
  }

  /** The views of the present state by table, without tables that Spark could not read rightly. */
  static Map<String, String> run(SparkWorld world, String id) throws InterruptedException {
    Map<String, String> views = new TreeMap<>();
    try (S3Sink sink = world.sink(id)) {
      run(world.spark(), sink, id, SparkWorld.location(id))
          .forEach((table, view) -> views.put(table.table(), view));
    }
    return views;
  }

  /** The same, of any pipeline. */
  static Map<TableName, String> run(SparkSession spark, S3Sink sink, String id, String location)
      throws InterruptedException {
    Map<TableName, String> views = new TreeMap<>();
    LakeSql sql = LakeSql.read(sink, new PipelineId(id));
    for (TableName table : sql.tables()) {
      List<String> statements =
          statements(sql.write(SqlDialect.SPARK, location, List.of(table)).sql());
      for (String statement : statements) {
        Matcher made = TABLE.matcher(statement);
        if (made.find()) {
          spark.sql("DROP TABLE IF EXISTS " + made.group(1));
        }
        spark.sql(statement);
      }
      if (!statements.isEmpty()) {
        views.put(table, sql.currentView(SqlDialect.SPARK, table));
      }
    }
    return views;
  }

  private static List<String> statements(String script) {
    String code =
        script
            .lines()
            .filter(line -> !line.startsWith("--"))
            .collect(Collectors.joining("\n", "", "\n"));
    List<String> statements = new ArrayList<>();
    for (String statement : code.split(";\n", -1)) {
      if (!statement.isBlank()) {
        statements.add(statement);
      }
    }
    return statements;
  }
}
