package io.sluice.cdc.examples;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.S3SinkBuilder;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The example of the README; a test compares the two and runs this one. */
public final class Quickstart {
  private Quickstart() {}

  /**
   * Keeps the shop in step until the thread is interrupted.
   *
   * @param host the MySQL server
   * @param port its port
   * @param password the password of the user {@code cdc}
   * @param endpoint a store other than Amazon S3, or null
   */
  public static void run(String host, int port, String password, @Nullable URI endpoint)
      throws InterruptedException {
    // README begins
    SourceConfig.Builder source = SourceConfig.builder().host(host).port(port);
    source.user("cdc").password(password).include("shop.*");

    S3SinkBuilder sink = S3Sink.builder().region("eu-west-1").endpoint(endpoint); // null: Amazon S3
    sink.finalLocation("s3://lake/raw").temporaryLocation("s3://lake-tmp/sluice");

    try (CdcPipeline pipeline =
        CdcPipeline.builder().pipeline("shop").source(source.build()).sink(sink.build()).build()) {
      pipeline.start();
      pipeline.awaitEnd(); // loads, then streams; throws what stopped it
    }
    // README ends
  }
}
