package io.sluice.cdc.testkit;

import io.sluice.cdc.testkit.internal.s3.S3Server;
import io.sluice.cdc.testkit.internal.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real S3 server for a test: it checks signatures, honours {@code If-None-Match} and keeps
 * objects as plain files.
 *
 * <p>Which server: the LocalStack image that {@code cdc.test.s3.image} (environment {@code
 * CDC_TEST_S3_IMAGE}) names, else S3Proxy in a process of its own on a random port of 127.0.0.1.
 * Clients must use path-style addresses.
 *
 * <p>Lifecycle: it runs from {@link #open()} to {@link #close()}; the process and its temporary
 * folder also vanish when this JVM ends in any way, {@code kill -9} included. A folder that was
 * given stays. Closing twice is fine. Thread-safe.
 */
public final class DisposableS3 implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final String ACCESS_KEY = "sluice-test-key";
  private static final String SECRET_KEY = "sluice-test-secret";
  private static final int HEAP_MEGABYTES = 128;

  private final S3Server server;
  private final S3Settings settings;

  private DisposableS3(S3Settings settings) {
    this.settings = settings;
    this.server = settings.open();
  }

  /** Starts one that keeps its objects in a temporary folder; returns when it answers. */
  public static DisposableS3 open() {
    return new DisposableS3(
        new S3Settings(ACCESS_KEY, SECRET_KEY, Optional.empty(), HEAP_MEGABYTES));
  }

  /**
   * Starts one that keeps its objects in this folder (made when missing, never removed); returns
   * when it answers.
   */
  public static DisposableS3 open(Path folder) {
    return new DisposableS3(
        new S3Settings(ACCESS_KEY, SECRET_KEY, Optional.of(folder), HEAP_MEGABYTES));
  }

  /**
   * Such as {@code http://127.0.0.1:40123}; it stays the same over {@link #restart()} and {@link
   * #kill()}.
   */
  public URI endpoint() {
    return server.endpoint();
  }

  public String region() {
    return REGION;
  }

  public String accessKey() {
    return settings.accessKey();
  }

  public String secretKey() {
    return settings.secretKey();
  }

  /** The process id of the running server (in a container: as the host sees it). */
  public long pid() {
    return server.pid();
  }

  /** Makes a bucket; one that is there already is fine. */
  public void createBucket(String name) {
    server.createBucket(name);
  }

  /**
   * The folder with the objects of a bucket, a file each, at the path that the key spells; empty
   * for a container.
   */
  public Optional<Path> bucketFolder(String name) {
    return server.bucketFolder(name);
  }

  /** Stops the server and starts it again on the same objects and port. */
  public void restart() {
    server.stop();
    server.start();
  }

  /** Stops the server: it finishes the requests it has. The objects stay for {@link #start()}. */
  public void stop() {
    server.stop();
  }

  /** Kills the server as {@code kill -9} does. The objects stay for {@link #start()}. */
  public void kill() {
    server.kill();
  }

  /** Starts a stopped or killed server on the same objects and port; returns when it answers. */
  public void start() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }
}
