package io.sluice.cdc.examples;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.S3SinkBuilder;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.DisposableS3;
import io.sluice.cdc.testkit.TestServers;
import io.sluice.cdc.testkit.check.CheckReport;
import io.sluice.cdc.testkit.check.RowChecker;
import java.time.Duration;

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

  CheckReport check(String id) throws Exception {
    return RowChecker.builder()
        .endpoint(s3().endpoint())
        .region(s3().region())
        .pathStyle(true)
        .credentials(s3().accessKey(), s3().secretKey())
        .finalLocation(finalLocation(id))
        .pipeline(id)
        .mysql(mysql().jdbcUrl(), mysql().rootUser(), mysql().rootPassword())
        .build()
        .check();
  }

  @Override
  public void close() {
    servers.close();
  }
}
