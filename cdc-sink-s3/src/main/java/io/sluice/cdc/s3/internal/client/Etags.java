package io.sluice.cdc.s3.internal.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;

/** Compares what the store says it has with what was sent. */
final class Etags {
  private Etags() {}

  /** Fails, so that the request is repeated, when the ETag is an MD5 and not that of the body. */
  static void check(@Nullable String etag, @Nullable String encryption, Body body, String place) {
    if (etag == null) {
      throw RetryableException.create("the answer for " + place + " has no ETag", missing());
    }
    if (isMd5(etag, encryption) && !bare(etag).equals(body.hex())) {
      throw RetryableException.create(
          "the store holds other bytes for "
              + place
              + " than were sent: ETag "
              + etag
              + ", MD5 "
              + body.hex(),
          missing());
    }
  }

  /** Whether an ETag is the MD5 of the object: not for parts, nor under a key of KMS. */
  static boolean isMd5(String etag, @Nullable String encryption) {
    boolean plain = encryption == null || encryption.equals("AES256");
    return plain && bare(etag).matches("[0-9a-f]{32}");
  }

  static String bare(String etag) {
    return etag.replace("\"", "");
  }

  private static IOException missing() {
    return new IOException("corrupt answer");
  }
}
