package io.sluice.cdc.s3.internal.encode;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Undoes what {@link Compressors} do, without Hadoop's codecs. */
final class Decompression {
  private Decompression() {}

  /** The bytes of a page, which are known to be so many. */
  static byte[] of(CompressionCodec codec, byte[] in, int offset, int length, int size)
      throws IOException {
    byte[] out =
        switch (codec) {
          case UNCOMPRESSED -> java.util.Arrays.copyOfRange(in, offset, offset + length);
          case ZSTD -> zstd(in, offset, length, size);
          case SNAPPY -> snappy(in, offset, length, size);
          case GZIP -> gzip(in, offset, length);
          default -> throw new IOException("the codec " + codec + ", which Sluice does not write");
        };
    if (out.length != size) {
      throw new IOException("a page of " + out.length + " bytes where " + size + " were announced");
    }
    return out;
  }

  private static byte[] zstd(byte[] in, int offset, int length, int size) throws IOException {
    byte[] out = new byte[size];
    long written = Zstd.decompressByteArray(out, 0, size, in, offset, length);
    if (Zstd.isError(written) || written != size) {
      throw new IOException("a page that cannot be decompressed");
    }
    return out;
  }

  private static byte[] snappy(byte[] in, int offset, int length, int size) throws IOException {
    byte[] out = new byte[size];
    Snappy.uncompress(in, offset, length, out, 0);
    return out;
  }

  private static byte[] gzip(byte[] in, int offset, int length) throws IOException {
    try (GZIPInputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(in, offset, length))) {
      return stream.readAllBytes();
    }
  }
}
