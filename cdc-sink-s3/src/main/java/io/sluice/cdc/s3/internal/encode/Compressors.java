package io.sluice.cdc.s3.internal.encode;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.CapacityByteArrayOutputStream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages without Hadoop's codecs. Native state is large, so there is no more of it than
 * threads that compress at one moment, however many files are open. Thread-safe.
 */
public final class Compressors implements AutoCloseable {
  /** Larger pages are compressed as they are read, without a buffer of their size. */
  static final int KEPT_BYTES = 4 << 20;

  private static final int SLAB = 64 << 10;
  private static final int MAX_SLAB = 1 << 20;

  private final Compression compression;
  private final int level;
  private final ConcurrentLinkedQueue<ZstdWork> idle = new ConcurrentLinkedQueue<>();

  /** For files written with these settings. */
  public Compressors(ParquetSettings settings) {
    this.compression = settings.compression();
    this.level = settings.level();
  }

  /** A compressor for one file. */
  BytesInputCompressor compressor() {
    return new PageCompressor();
  }

  @Override
  public void close() {
    for (ZstdWork each = idle.poll(); each != null; each = idle.poll()) {
      each.context.close();
    }
  }

  private BytesInput zstd(byte[] in, int offset, int length) {
    ZstdWork pooled = idle.poll();
    ZstdWork zstd = pooled == null ? new ZstdWork(level) : pooled;
    BytesInput out = zstd.compress(in, offset, length);
    idle.add(zstd);
    return out;
  }

  private BytesInput largeZstd(BytesInput in) throws IOException {
    CapacityByteArrayOutputStream out =
        new CapacityByteArrayOutputStream(SLAB, MAX_SLAB, HeapByteBufferAllocator.getInstance());
    try (ZstdOutputStreamNoFinalizer zstd =
        new ZstdOutputStreamNoFinalizer(new Unclosed(out), level)) {
      in.writeAllTo(zstd);
    }
    return BytesInput.from(out);
  }

  private BytesInput gzip(byte[] in, int offset, int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
    try (GZIPOutputStream gzip = new LevelGzip(out, level)) {
      gzip.write(in, offset, length);
    }
    return BytesInput.from(out.toByteArray());
  }

  private static BytesInput snappy(byte[] in, int offset, int length) throws IOException {
    byte[] out = new byte[Snappy.maxCompressedLength(length)];
    int size = Snappy.compress(in, offset, length, out, 0);
    return BytesInput.from(out, 0, size);
  }

  /** The native state and a buffer for its output. */
  private static final class ZstdWork {
    private final ZstdCompressCtx context;
    private byte[] kept = new byte[0];

    ZstdWork(int level) {
      context = new ZstdCompressCtx().setLevel(level);
    }

    @SuppressWarnings(
        "ReferenceEquality") // whether the output stands in the buffer that is used again
    BytesInput compress(byte[] in, int offset, int length) {
      int bound = Math.toIntExact(Zstd.compressBound(length));
      if (kept.length < bound) {
        kept = new byte[bound];
      }
      int size = context.compressByteArray(kept, 0, kept.length, in, offset, length);
      return BytesInput.from(Arrays.copyOf(kept, size));
    }
  }

  private final class PageCompressor implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      if (compression == Compression.UNCOMPRESSED) {
        return bytes;
      }
      if (compression == Compression.ZSTD && bytes.size() > KEPT_BYTES) {
        return largeZstd(bytes);
      }
      ByteBuffer in = bytes.toByteBuffer();
      byte[] array = in.hasArray() ? in.array() : bytes.toByteArray();
      int offset = in.hasArray() ? in.arrayOffset() + in.position() : 0;
      return switch (compression) {
        case ZSTD -> zstd(array, offset, in.remaining());
        case SNAPPY -> snappy(array, offset, in.remaining());
        default -> gzip(array, offset, in.remaining());
      };
    }

    @Override
    public CompressionCodecName getCodecName() {
      return compression.codec();
    }

    @Override
    public void release() {}
  }

  /** Lets the stream before it be closed: closing this one would throw its bytes away. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static final class LevelGzip extends GZIPOutputStream {
    LevelGzip(ByteArrayOutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(level);
    }
  }
}
