package io.sluice.cdc.config;

/**
 * Limits that hold.
 *
 * @param memory bytes of rows and encoded data that may be held in memory at once, over all tables
 */
public record LimitsConfig(long memory) {
  /** 256 MiB. */
  public static final LimitsConfig DEFAULT = new LimitsConfig(256L << 20);

  /** Adds what is wrong to the problems. */
  public void check(Problems problems) {
    problems.range("limits.memory", memory, 16L << 20, 1L << 40);
  }
}
