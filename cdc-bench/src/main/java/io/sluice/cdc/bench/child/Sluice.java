package io.sluice.cdc.bench.child;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.LimitsConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import io.sluice.cdc.s3.S3Sink;
import java.net.URI;

/** The pipeline as a user would build it: defaults, but for what a case is about. */
final class Sluice {
  private Sluice() {}

  static CdcPipeline.Builder builder(Settings s, LoadMode mode) {
    long memory = s.number("memoryBytes");
    return CdcPipeline.builder()
        .pipeline(s.text("pipeline"))
        .source(source(s))
        .sink(sink(s, memory))
        .limits(new LimitsConfig(memory))
        .load(LoadConfig.DEFAULT.withMode(mode).withParallelism(s.integer("parallelism")));
  }

  private static SourceConfig source(Settings s) {
    return SourceConfig.builder()
        .host(s.text("host"))
        .port(s.integer("port"))
        .user(s.text("user"))
        .password(s.text("password"))
        .tls(s.tls() ? TlsMode.REQUIRED : TlsMode.DISABLED)
        .include(s.database() + ".*")
        .build();
  }

  private static S3Sink sink(Settings s, long memory) {
    return S3Sink.builder()
        .region(s.text("s3.region"))
        .endpoint(URI.create(s.text("s3.endpoint")))
        .pathStyle(true)
        .credentials(s.text("s3.accessKey"), s.text("s3.secretKey"))
        .finalLocation(s.text("s3.final"))
        .temporaryLocation(s.text("s3.temporary"))
        .memory(memory)
        .build();
  }

  /**
   * Fails unless exactly the expected rows were committed: a benchmark of something else is worth
   * nothing.
   */
  static void checkRows(long rows, Settings s) {
    long expected = s.number("expected");
    if (rows != expected) {
      throw new IllegalStateException("Sluice committed " + rows + " rows, not " + expected);
    }
  }
}
