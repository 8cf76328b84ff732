package io.sluice.cdc.s3.internal.encode;

/**
 * How Parquet files are written.
 *
 * @param compression the codec of all pages
 * @param level its level
 * @param rowGroupBytes encoded bytes after which a row group is cut
 * @param pageBytes bytes before compression after which a page is cut
 */
public record ParquetSettings(
    Compression compression, int level, long rowGroupBytes, int pageBytes) {
  /** Large enough for scans, small enough that several files can be open in a small heap. */
  public static final long DEFAULT_ROW_GROUP_BYTES = 64L << 20;

  /** What readers expect. */
  public static final int DEFAULT_PAGE_BYTES = 1 << 20;

  /** A page holds no more rows, so that the page index can skip. */
  static final int PAGE_ROWS = 20_000;

  /** A dictionary that grows beyond these bytes is given up. */
  static final int DICTIONARY_BYTES = 1 << 20;

  /** Minimum and maximum in the page index are cut to this length. */
  static final int INDEX_BYTES = 64;

  /** zstd and the default sizes. */
  public static final ParquetSettings DEFAULT =
      new ParquetSettings(
          Compression.ZSTD,
          Compression.ZSTD.defaultLevel(),
          DEFAULT_ROW_GROUP_BYTES,
          DEFAULT_PAGE_BYTES);
}
