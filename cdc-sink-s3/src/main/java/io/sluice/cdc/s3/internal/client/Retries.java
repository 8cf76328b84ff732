package io.sluice.cdc.s3.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Repeats requests that may be repeated. Thread-safe. */
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final int TELL_AFTER = 5;

  private final RetryPolicy policy;

  Retries(RetryPolicy policy) {
    this.policy = policy;
  }

  /**
   * Sends the request until it works, it is certain that it never will, or the policy is used up.
   *
   * @return the answer, or nothing when what it asks for is missing
   */
  <T> Optional<T> send(Request request, Supplier<T> call) throws InterruptedException {
    long start = System.nanoTime();
    for (int failed = 1; ; failed++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("before " + request.what() + " of " + request.place());
      }
      try {
        return Optional.of(call.get());
      } catch (SdkException e) {
        StoreFailure failure = StoreFailure.of(e);
        if (failure == StoreFailure.MISSING) {
          return Optional.empty();
        }
        if (failure == StoreFailure.INTERRUPTED) {
          throw interrupted(request, e);
        }
        boolean repeatable = failure == StoreFailure.TRANSIENT || failure == StoreFailure.CONFLICT;
        Duration wait = policy.waitAfter(failed);
        if (!repeatable || failed >= policy.attempts() || usedUp(start, wait)) {
          throw request.failed(e, failure);
        }
        tell(request, e, failed);
        Thread.sleep(wait.toMillis());
      }
    }
  }

  static InterruptedException interrupted(Request request, SdkException cause) {
    InterruptedException interrupted =
        new InterruptedException("during " + request.what() + " of " + request.place());
    interrupted.initCause(cause);
    return interrupted;
  }

  private boolean usedUp(long start, Duration wait) {
    return System.nanoTime() - start + wait.toNanos() > policy.total().toNanos();
  }

  private static void tell(Request request, SdkException cause, int failed) {
    if (failed % TELL_AFTER == 0) {
      LOG.warn(
          "Still trying to {} {} after {} attempts: {}",
          request.what(),
          request.place(),
          failed,
          Request.describe(cause));
    }
  }
}
