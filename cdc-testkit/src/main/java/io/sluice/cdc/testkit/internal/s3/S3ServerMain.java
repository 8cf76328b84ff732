package io.sluice.cdc.testkit.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * The child process: S3Proxy on a folder. Arguments: folder of the objects, port (0 for any), file
 * to write the port to. The keys come by the environment. It ends when its standard input does, so
 * it cannot outlive its parent.
 *
 * <p>S3Proxy's own main is not used: it links every cloud's SDK, and it does not tell the port that
 * it took.
 */
final class S3ServerMain {
  static final String ACCESS_KEY = "SLUICE_TEST_S3_ACCESS_KEY";
  static final String SECRET_KEY = "SLUICE_TEST_S3_SECRET_KEY";
  private static final long MAX_OBJECT_BYTES = 5L << 30;
  private static final long MAX_BUFFERED_BYTES = 32L << 20;
  private static final long STOP_TIMEOUT_MILLIS = 5_000;

  private S3ServerMain() {}

  public static void main(String[] arguments) throws Exception {
    Path objects = Path.of(arguments[0]);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(objects.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + arguments[1]))
            .awsAuthentication(
                AuthenticationType.AWS_V4, environment(ACCESS_KEY), environment(SECRET_KEY))
            .maxSinglePartObjectSize(MAX_OBJECT_BYTES)
            .v4MaxNonChunkedRequestSize(MAX_BUFFERED_BYTES)
            .stopTimeout(STOP_TIMEOUT_MILLIS)
            .build();
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "s3-stop"));
    publish(Path.of(arguments[2]), server.getPort());
    drain(System.in);
    Runtime.getRuntime().halt(0);
  }

  private static void stop(S3Proxy server) {
    try {
      server.stop(); // lets running requests end
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server did not stop in order", e);
    }
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }

  private static void publish(Path file, int port) throws IOException {
    Path written =
        Files.writeString(
            file.resolveSibling(file.getFileName() + ".part"), Integer.toString(port));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void drain(InputStream input) throws IOException {
    int more = input.read();
    while (more >= 0) {
      more = input.read();
    }
  }
}
