package io.sluice.cdc.examples.demo;

import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.DisposableS3;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Both servers, started side by side; they end with this object or with the JVM. */
record DemoServers(DisposableMySql mysql, DisposableS3 s3) implements AutoCloseable {
  static final String LAKE = "lake";
  static final String TEMPORARY = "lake-tmp";

  /**
   * Starts both.
   *
   * @param keep where the objects are kept, or empty for a folder that goes with the server
   */
  static DemoServers open(Optional<Path> keep) {
    CompletableFuture<DisposableS3> starting =
        CompletableFuture.supplyAsync(
            () -> keep.map(DisposableS3::open).orElseGet(DisposableS3::open));
    DisposableMySql mysql = DisposableMySql.open();
    try {
      DisposableS3 s3 = starting.join();
      s3.createBucket(LAKE);
      s3.createBucket(TEMPORARY);
      return new DemoServers(mysql, s3);
    } catch (CompletionException e) {
      mysql.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    s3.close();
    mysql.close();
  }
}
