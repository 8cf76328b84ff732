package io.sluice.cdc.examples;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.S3SinkBuilder;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.DisposableS3;
import io.sluice.cdc.testkit.TestServers;
import io.sluice.cdc.testkit.check.CheckReport;
import io.sluice.cdc.testkit.check.RowChecker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.awaitility.Awaitility;

/** Both servers, a pipeline between them, and the judge. */
final class PipelineWorld implements AutoCloseable {
  static final String TEMPORARY = "s3://lake-tmp/sluice";

  private final TestServers servers;

  private PipelineWorld(TestServers servers) {
    this.servers = servers;
    servers.s3().createBucket("lake");
    servers.s3().createBucket("lake-tmp");
  }

  static PipelineWorld open() {
    return new PipelineWorld(TestServers.open(DisposableMySql.builder()));
  }

  static PipelineWorld withoutGtid() {
    return new PipelineWorld(TestServers.open(DisposableMySql.builder().gtid(false)));
  }

  /** Each pipeline has a final prefix of its own. */
  static String finalLocation(String id) {
    return "s3://lake/raw/" + id;
  }

  DisposableMySql mysql() {
    return servers.mysql();
  }

  DisposableS3 s3() {
    return servers.s3();
  }

  /** A builder for a pipeline over {@code shop.*} that commits often. */
  CdcPipeline.Builder pipeline(String id) {
    return CdcPipeline.builder()
        .pipeline(id)
        .source(source().build())
        .load(LoadConfig.DEFAULT.withParallelism(2).withChunkBytes(1 << 20))
        .batch(BatchConfig.DEFAULT.withMaxAge(Duration.ofMillis(200)))
        .sink(sink(id).build());
  }

  SourceConfig.Builder source() {
    return server().include("shop.*");
  }

  /** Every table that is not the server's own. */
  SourceConfig.Builder everything() {
    return server().include("*.*");
  }

  private SourceConfig.Builder server() {
    return SourceConfig.builder()
        .host(mysql().host())
        .port(mysql().port())
        .user(mysql().rootUser())
        .password(mysql().rootPassword());
  }

  S3SinkBuilder sink(String id) {
    return S3Sink.builder()
        .endpoint(s3().endpoint())
        .region(s3().region())
        .pathStyle(true)
        .credentials(s3().accessKey(), s3().secretKey())
        .finalLocation(finalLocation(id))
        .temporaryLocation(TEMPORARY);
  }

  /** Runs a pipeline until it has taken everything that is there now. */
  void catchUp(String id) throws InterruptedException {
    try (CdcPipeline pipeline = pipeline(id).build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }

  /** Runs statements while a pipeline follows, and lets it catch up with them. */
  void follow(CdcPipeline.Builder builder, String... statements) throws Exception {
    try (CdcPipeline pipeline = builder.build()) {
      pipeline.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> pipeline.status().state() == PipelineState.STREAMING);
      mysql().execute(statements);
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
    }
  }

  CheckReport check(String id) throws Exception {
    return check(id, List.of());
  }

  RowChecker.Builder checker(String id) {
    return RowChecker.builder()
        .endpoint(s3().endpoint())
        .region(s3().region())
        .pathStyle(true)
        .credentials(s3().accessKey(), s3().secretKey())
        .finalLocation(finalLocation(id))
        .pipeline(id)
        .mysql(mysql().jdbcUrl(), mysql().rootUser(), mysql().rootPassword());
  }

  /** Also says when nothing is known of one of the tables. */
  CheckReport check(String id, Collection<TableName> expected) throws Exception {
    RowChecker.Builder checker = checker(id);
    expected.forEach(t -> checker.expectTable(t.database(), t.table()));
    return checker.build().check();
  }

  /**
   * Values of rows as DuckDB reads them from the files.
   *
   * @param tables {@code database/table} of the tables, with {@code *} for all
   * @param columns what to select
   * @param condition which rows
   * @return a text for each row, values parted by bars
   */
  List<String> read(String id, String tables, String columns, String condition)
      throws SQLException {
    Path folder = s3().bucketFolder("lake").orElseThrow().resolve("raw/" + id);
    String sql =
        "SELECT "
            + columns
            + " FROM read_parquet('"
            + folder
            + "/"
            + tables
            + "/*/*.parquet', union_by_name = true, hive_partitioning = false) WHERE "
            + condition;
    List<String> found = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows = duck.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i) == null ? "NULL" : rows.getString(i));
        }
        found.add(String.join("|", row));
      }
    }
    return found;
  }

  @Override
  public void close() {
    servers.close();
  }
}
