package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.encode.ParquetDecoder;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * The files of a pack, one after the other. Small ones are fetched whole and ahead, for a day of
 * them is thousands of requests; of large ones comes what is read. Used by one thread.
 */
final class Fetched {
  private static final long WHOLE_BYTES = 8L << 20;
  private static final long AHEAD_BYTES = 16L << 20;
  private static final int AHEAD_FILES = 32;

  private final Bucket bucket;
  private final ExecutorService threads;
  private final Iterator<LiveFile> rest;
  private final ArrayDeque<Coming> coming = new ArrayDeque<>();
  private long aheadBytes;

  private record Coming(FileEntry file, Future<byte[]> bytes) {}

  Fetched(Bucket bucket, ExecutorService threads, List<LiveFile> files) {
    this.bucket = bucket;
    this.threads = threads;
    this.rest = new ArrayList<>(files).iterator();
  }

  /** The next file. */
  ParquetDecoder.Source next(FileEntry file) throws IOException, InterruptedException {
    fill();
    Coming head = coming.removeFirst();
    if (!head.file().equals(file)) {
      throw new IllegalStateException("files are asked for out of order");
    }
    aheadBytes -= held(file);
    if (file.bytes() > WHOLE_BYTES) {
      return new Ranges(bucket, file);
    }
    try {
      return new Whole(head.bytes().get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IOException(e.getCause());
    }
  }

  private void fill() {
    while (rest.hasNext()
        && coming.size() < AHEAD_FILES
        && (coming.isEmpty() || aheadBytes < AHEAD_BYTES)) {
      FileEntry file = rest.next().entry();
      aheadBytes += held(file);
      coming.add(new Coming(file, threads.submit(() -> fetch(file))));
    }
  }

  private static long held(FileEntry file) {
    return file.bytes() > WHOLE_BYTES ? 0 : file.bytes();
  }

  private byte[] fetch(FileEntry file) throws IOException, InterruptedException {
    if (file.bytes() > WHOLE_BYTES) {
      return new byte[0];
    }
    byte[] bytes = present(bucket.get(file.key()));
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    if (!RecordCodec.checksum(crc).equals(file.checksum())) {
      throw new IOException("its checksum is not that of the log");
    }
    return bytes;
  }

  private static byte[] present(Optional<byte[]> bytes) throws IOException {
    return bytes.orElseThrow(() -> new IOException("it is not there"));
  }

  /** Gives up what is under way. */
  void cancel() {
    coming.forEach(each -> each.bytes().cancel(true));
  }

  private record Whole(byte[] bytes) implements ParquetDecoder.Source {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public byte[] read(long from, int length) {
      int start = Math.toIntExact(from);
      return Arrays.copyOfRange(bytes, start, start + length);
    }
  }

  private record Ranges(Bucket bucket, FileEntry file) implements ParquetDecoder.Source {
    @Override
    public long size() {
      return file.bytes();
    }

    @Override
    public byte[] read(long from, int length) throws IOException, InterruptedException {
      byte[] bytes = present(bucket.get(file.key(), from, length));
      if (bytes.length != length) {
        throw new IOException("it has another size than the log says");
      }
      return bytes;
    }
  }
}
