package io.sluice.cdc.s3.internal.encode;

import com.github.luben.zstd.Zstd;
import java.io.File;
import java.util.Locale;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** How pages are compressed. */
public enum Compression {
  /** Small and fast; the default. */
  ZSTD(CompressionCodecName.ZSTD, 1, -7, 22),
  /** Faster to read by a little, larger; has no levels. */
  SNAPPY(CompressionCodecName.SNAPPY, 0, 0, 0),
  /** For old readers; slow. */
  GZIP(CompressionCodecName.GZIP, 6, 1, 9),
  /** Not at all. */
  UNCOMPRESSED(CompressionCodecName.UNCOMPRESSED, 0, 0, 0);

  private final CompressionCodecName codec;
  private final int defaultLevel;
  private final int minLevel;
  private final int maxLevel;

  Compression(CompressionCodecName codec, int defaultLevel, int minLevel, int maxLevel) {
    this.codec = codec;
    this.defaultLevel = defaultLevel;
    this.minLevel = minLevel;
    this.maxLevel = maxLevel;
  }

  /** The one of this name, any case, or null. */
  public static @Nullable Compression named(String name) {
    for (Compression each : values()) {
      if (each.name().equals(name.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    return null;
  }

  /** The level used unless another is given. */
  public int defaultLevel() {
    return defaultLevel;
  }

  /** The lowest level. */
  public int minLevel() {
    return minLevel;
  }

  /** The highest level. */
  public int maxLevel() {
    return maxLevel;
  }

  /**
   * Makes the codec ready: zstd and snappy unpack a native library of about 1 MiB into the JVM's
   * temporary folder, which is all that is ever written to a local disk.
   *
   * @return null, or why it cannot be used here, with the folder and its free bytes
   */
  public @Nullable String unusableBecause() {
    try {
      if (this == ZSTD) {
        Zstd.defaultCompressionLevel();
      } else if (this == SNAPPY) {
        Snappy.maxCompressedLength(0);
      }
      return null;
    } catch (LinkageError | RuntimeException e) {
      File folder = new File(System.getProperty("java.io.tmpdir", ""));
      return "needs its native library, which cannot be unpacked into "
          + folder
          + " ("
          + (folder.isDirectory() ? folder.getUsableSpace() + " bytes free" : "no such folder")
          + "): "
          + e.getMessage()
          + ". Let -Djava.io.tmpdir name a folder that can be written and run from, or choose gzip";
    }
  }

  CompressionCodecName codec() {
    return codec;
  }
}
