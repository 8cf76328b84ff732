package io.sluice.cdc.testkit.internal.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** An S3 server that can be stopped, killed and started again on the same objects and port. */
public interface S3Server extends AutoCloseable {
  URI endpoint();

  /** The id of the running server process. */
  long pid();

  /** Makes a bucket; one that is there is fine. */
  void createBucket(String name);

  /** Where the objects of a bucket lie as plain files, when the server keeps them so. */
  Optional<Path> bucketFolder(String name);

  void start();

  void stop();

  /** {@code kill -9}. */
  void kill();

  @Override
  void close();
}
