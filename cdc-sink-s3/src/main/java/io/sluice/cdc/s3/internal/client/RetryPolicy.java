package io.sluice.cdc.s3.internal.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long a request is repeated.
 *
 * @param attempts at most so many, the first one counted
 * @param firstWait before the second attempt
 * @param longestWait no wait is longer; each is twice the one before
 * @param total no further attempt after so much time
 */
public record RetryPolicy(int attempts, Duration firstWait, Duration longestWait, Duration total) {
  /** Rides out ten minutes without S3. */
  public static final Duration DEFAULT_TOTAL = Duration.ofMinutes(10);

  /** Waits of 50 ms to 10 s within the total. */
  public static RetryPolicy within(Duration total) {
    return new RetryPolicy(1000, Duration.ofMillis(50), Duration.ofSeconds(10), total);
  }

  /** How long to wait after so many failed attempts: half fixed, half by chance. */
  Duration waitAfter(int failed) {
    long cap = longestWait.toMillis();
    long full = failed > 20 ? cap : Math.min(cap, firstWait.toMillis() << (failed - 1));
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}
