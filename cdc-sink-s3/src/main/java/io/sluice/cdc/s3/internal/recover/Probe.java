package io.sluice.cdc.s3.internal.recover;

import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.PutResult;
import java.util.List;

/**
 * Proves that the store honours {@code If-None-Match}, without which two writers could both commit.
 */
final class Probe {
  private static final int ATTEMPTS = 8;
  private static final long WAIT_MILLIS = 250;
  private static final byte[] CONTENT = {'{', '}'};

  private Probe() {}

  static void run(Bucket bucket, String key) throws InterruptedException {
    put(bucket, key);
    PutResult second = put(bucket, key);
    if (!(second instanceof PutResult.Exists)) {
      bucket.delete(List.of(key));
      throw new SinkException(
          "The store at "
              + bucket.endpoint()
              + " ignores If-None-Match: it overwrote s3://"
              + bucket.name()
              + "/"
              + key
              + " although that was there, so two writers could both commit",
          "Set s3.endpoint to a store that supports conditional writes (Amazon S3 does), or let the proxy before it pass"
              + " the header on");
    }
    bucket.delete(List.of(key));
  }

  /** Ends with stored or exists. */
  private static PutResult put(Bucket bucket, String key) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      PutResult result = bucket.putIfAbsent(key, CONTENT);
      if (result instanceof PutResult.Refused refused) {
        throw refused.cause();
      }
      if (result instanceof PutResult.Stored || result instanceof PutResult.Exists) {
        return result;
      }
      if (attempt == ATTEMPTS) {
        throw result instanceof PutResult.Doubtful doubtful
            ? doubtful.cause()
            : ((PutResult.Conflict) result).cause();
      }
      Thread.sleep(WAIT_MILLIS * attempt);
    }
  }
}
