package io.sluice.cdc.s3.internal.client;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Server-side copies into a bucket, verified. Thread-safe. */
public final class Copies {
  private final S3Client client;
  private final Bucket target;
  private final Retries retries;

  Copies(S3Client client, Bucket target, Retries retries) {
    this.client = client;
    this.target = target;
    this.retries = retries;
  }

  /**
   * What the copy must be.
   *
   * @param bytes its size
   * @param crc32c 8 hex digits
   * @param md5 32 hex digits, or null when not known
   */
  public record Expected(long bytes, String crc32c, @Nullable String md5) {}

  /**
   * Copies an object and makes sure that the copy is whole.
   *
   * @return false when there is no such object to copy
   */
  public boolean copy(Bucket source, String from, String to, Expected expected)
      throws InterruptedException {
    Request request =
        target.request("copy " + source.name() + "/" + from + " to", "s3:PutObject", to);
    return retries
        .send(
            request,
            () -> {
              CopyObjectResponse answer =
                  client.copyObject(
                      r ->
                          r.sourceBucket(source.name())
                              .sourceKey(from)
                              .destinationBucket(target.name())
                              .destinationKey(to));
              verify(answer, to, expected);
              return answer;
            })
        .isPresent();
  }

  /** Whether the object is there with the size and, where it can be told, the content. */
  public boolean isThere(String key, Expected expected) throws InterruptedException {
    Optional<HeadObjectResponse> object = target.head(key);
    return object.isPresent()
        && object.get().contentLength() == expected.bytes()
        && sameMd5(object.get().eTag(), object.get().serverSideEncryptionAsString(), expected)
            != Answer.NO;
  }

  private void verify(CopyObjectResponse answer, String to, Expected expected) {
    CopyObjectResult result = answer.copyObjectResult();
    if (result == null || result.eTag() == null) {
      throw wrong(to, "the answer has no result");
    }
    Answer crc = sameCrc(result.checksumCRC32C(), expected);
    Answer md5 = sameMd5(result.eTag(), answer.serverSideEncryptionAsString(), expected);
    if (crc == Answer.NO || md5 == Answer.NO) {
      throw wrong(to, "the copy has other bytes, ETag " + result.eTag());
    }
    if (crc != Answer.YES && md5 != Answer.YES) {
      long size = client.headObject(r -> r.bucket(target.name()).key(to)).contentLength();
      if (size != expected.bytes()) {
        throw wrong(to, "the copy has " + size + " bytes instead of " + expected.bytes());
      }
    }
  }

  private enum Answer {
    YES,
    NO,
    UNTOLD
  }

  private static Answer sameMd5(String etag, @Nullable String encryption, Expected expected) {
    if (expected.md5() == null || !Etags.isMd5(etag, encryption)) {
      return Answer.UNTOLD;
    }
    return Etags.bare(etag).equals(expected.md5()) ? Answer.YES : Answer.NO;
  }

  private static Answer sameCrc(@Nullable String base64, Expected expected) {
    if (base64 == null || base64.contains("-")) {
      return Answer.UNTOLD;
    }
    String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    return hex.equals(expected.crc32c()) ? Answer.YES : Answer.NO;
  }

  private RetryableException wrong(String to, String how) {
    return RetryableException.create(
        "s3://" + target.name() + "/" + to + ": " + how, new IOException(how));
  }
}
