package io.sluice.cdc.config;

/**
 * How tables are loaded in full.
 *
 * @param mode when
 * @param parallelism how many connections read at once
 * @param chunkBytes about how much of a table one chunk holds, in bytes as MySQL counts them
 * @param onValueChange what becomes of a table after a statement that changed values without saying
 *     which
 */
public record LoadConfig(
    LoadMode mode, int parallelism, long chunkBytes, OnValueChange onValueChange) {
  /**
   * Initial load, four readers, chunks of 128 MiB: large enough for good files, small enough to
   * lose little.
   */
  public static final LoadConfig DEFAULT = new LoadConfig(LoadMode.INITIAL, 4, 128L << 20);

  /** With tables loaded again where their values changed. */
  public LoadConfig(LoadMode mode, int parallelism, long chunkBytes) {
    this(mode, parallelism, chunkBytes, OnValueChange.RELOAD);
  }

  /** This configuration with another mode. */
  public LoadConfig withMode(LoadMode value) {
    return new LoadConfig(value, parallelism, chunkBytes, onValueChange);
  }

  /** This configuration with another parallelism, 1 to 64. */
  public LoadConfig withParallelism(int value) {
    return new LoadConfig(mode, value, chunkBytes, onValueChange);
  }

  /** This configuration with another chunk size, 64 KiB to 16 GiB. */
  public LoadConfig withChunkBytes(long value) {
    return new LoadConfig(mode, parallelism, value, onValueChange);
  }

  /** This configuration with another choice for tables whose values changed. */
  public LoadConfig withOnValueChange(OnValueChange value) {
    return new LoadConfig(mode, parallelism, chunkBytes, value);
  }

  /** Adds what is wrong to the problems. */
  public void check(Problems problems) {
    problems.range("load.parallelism", parallelism, 1, 64);
    problems.range("load.chunkBytes", chunkBytes, 64L << 10, 16L << 30);
  }
}
