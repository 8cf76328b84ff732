package io.sluice.cdc.config;

/**
 * How tables are loaded in full.
 *
 * @param mode when
 * @param parallelism how many connections read at once
 * @param chunkBytes about how much of a table one chunk holds, in bytes as MySQL counts them
 */
public record LoadConfig(LoadMode mode, int parallelism, long chunkBytes) {
  /**
   * Initial load, four readers, chunks of 128 MiB: large enough for good files, small enough to
   * lose little.
   */
  public static final LoadConfig DEFAULT = new LoadConfig(LoadMode.INITIAL, 4, 128L << 20);

  /** This configuration with another mode. */
  public LoadConfig withMode(LoadMode value) {
    return new LoadConfig(value, parallelism, chunkBytes);
  }

  /** This configuration with another parallelism, 1 to 64. */
  public LoadConfig withParallelism(int value) {
    return new LoadConfig(mode, value, chunkBytes);
  }

  /** This configuration with another chunk size, 64 KiB to 16 GiB. */
  public LoadConfig withChunkBytes(long value) {
    return new LoadConfig(mode, parallelism, value);
  }

  /** Adds what is wrong to the problems. */
  public void check(Problems problems) {
    problems.range("load.parallelism", parallelism, 1, 64);
    problems.range("load.chunkBytes", chunkBytes, 64L << 10, 16L << 30);
  }
}
