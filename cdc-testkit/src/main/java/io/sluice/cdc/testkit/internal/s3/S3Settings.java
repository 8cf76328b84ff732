package io.sluice.cdc.testkit.internal.s3;

import io.sluice.cdc.testkit.internal.process.Setting;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param accessKey the key id that requests must be signed with
 * @param secretKey the secret that belongs to it
 * @param folder where the objects go; empty for a temporary folder
 * @param heapMegabytes the server's heap
 */
public record S3Settings(
    String accessKey, String secretKey, Optional<Path> folder, int heapMegabytes) {

  /** The image when one is set, else S3Proxy in a process. */
  public S3Server open() {
    String image = Setting.of("cdc.test.s3.image").orElse("");
    return image.isEmpty() ? LocalS3.open(this) : container(image);
  }

  private static S3Server container(String image) {
    try {
      return ContainerS3.open(image);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "cdc.test.s3.image is set to "
              + image
              + ", which needs org.testcontainers:testcontainers on the class path",
          e);
    }
  }

  @Override
  public String toString() {
    return "S3Settings[accessKey="
        + accessKey
        + ", folder="
        + folder
        + ", heapMegabytes="
        + heapMegabytes
        + "]";
  }
}
