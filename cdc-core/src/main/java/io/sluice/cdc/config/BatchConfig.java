package io.sluice.cdc.config;

import java.time.Duration;

/**
 * When changes are committed: at the end of the transaction in which any of the three is reached.
 *
 * @param maxAge how long a change waits at most, from the first row of the batch
 * @param maxRows rows
 * @param maxBytes bytes of the changes in the binlog, and 64 for each row
 */
public record BatchConfig(Duration maxAge, long maxRows, long maxBytes) {
  /** Ten seconds, a million rows, 128 MiB. */
  public static final BatchConfig DEFAULT =
      new BatchConfig(Duration.ofSeconds(10), 1_000_000, 128L << 20);

  /** This configuration with another age, 50 ms to 1 day. */
  public BatchConfig withMaxAge(Duration value) {
    return new BatchConfig(value, maxRows, maxBytes);
  }

  /** This configuration with another number of rows, from 1. */
  public BatchConfig withMaxRows(long value) {
    return new BatchConfig(maxAge, value, maxBytes);
  }

  /** This configuration with another number of bytes, 64 KiB to 16 GiB. */
  public BatchConfig withMaxBytes(long value) {
    return new BatchConfig(maxAge, maxRows, value);
  }

  /** Adds what is wrong to the problems. */
  public void check(Problems problems) {
    problems.range("batch.maxAge (ms)", maxAge.toMillis(), 50, 86_400_000);
    problems.range("batch.maxRows", maxRows, 1, 1_000_000_000);
    problems.range("batch.maxBytes", maxBytes, 64L << 10, 16L << 30);
  }
}
