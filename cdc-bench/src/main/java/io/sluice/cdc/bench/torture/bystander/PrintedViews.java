package io.sluice.cdc.bench.torture.bystander;

import io.sluice.cdc.bench.torture.ordeal.Generation;
import io.sluice.cdc.bench.torture.ordeal.World;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import io.sluice.cdc.testkit.check.DerivedTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The views of the present state that {@code bin/cdc sql --dialect duckdb} prints.
 *
 * @param sql what makes them
 * @param views by table
 */
record PrintedViews(String sql, Map<TableName, String> views) implements DerivedTables {

  /** As printed for what is committed now. */
  static PrintedViews of(World world, Generation generation) throws InterruptedException {
    Path bucket =
        world
            .s3()
            .bucketFolder(World.FINAL)
            .orElseThrow(() -> new IllegalStateException("DuckDB reads the bucket's folder"));
    try (S3Sink sink = generation.settings().sink()) {
      LakeSql lake = LakeSql.read(sink, new PipelineId(generation.name()));
      Map<TableName, String> views = new TreeMap<>();
      lake.tables().forEach(t -> views.put(t, lake.currentView(SqlDialect.DUCKDB, t)));
      String place = bucket.resolve(generation.name()).toString();
      return new PrintedViews(lake.write(SqlDialect.DUCKDB, place, lake.tables()).sql(), views);
    }
  }

  @Override
  public String name() {
    return "DuckDB's view";
  }

  @Override
  public List<String> preparation() {
    return List.of(sql);
  }

  @Override
  public @Nullable String relation(String database, String table) {
    return views.get(new TableName(database, table));
  }
}
