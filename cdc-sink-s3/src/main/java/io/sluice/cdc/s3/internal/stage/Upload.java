package io.sluice.cdc.s3.internal.stage;

import io.sluice.cdc.s3.internal.client.Body;
import io.sluice.cdc.s3.internal.client.MultipartUploads;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object that is uploaded while it is written: in one request when it is small, in parts when it
 * is not. Knows write, finish (it is stored) and discard (it never was). Used by one thread at a
 * time; requests run beside it.
 */
final class Upload extends OutputStream {
  private static final int FIRST_BYTES = 32 << 10;

  private final Transfers transfers;
  private final String key;
  private final int partBytes;
  private final CRC32C crc = new CRC32C();
  private final List<CompletableFuture<CompletedPart>> parts = new ArrayList<>();
  private byte[] buffer = new byte[FIRST_BYTES];
  private int filled;
  private long bytes;
  private @Nullable Multipart multipart;
  private @Nullable CompletableFuture<Done> done;

  /**
   * What was stored.
   *
   * @param bytes its size
   * @param checksum over all of it
   * @param md5 over all of it, or null for parts
   */
  record Done(long bytes, String checksum, @Nullable String md5) {}

  Upload(Transfers transfers, String key) {
    this.transfers = transfers;
    this.key = key;
    this.partBytes = transfers.partBytes();
  }

  String key() {
    return key;
  }

  /** Bytes that wait for the next request. */
  long memory() {
    return buffer.length;
  }

  /** Bytes that wait for the next request and would go with it. */
  int pending() {
    return filled;
  }

  /** Whether a request has failed for good. */
  boolean failed() {
    return parts.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    crc.update(source, offset, length);
    bytes += length;
    int from = offset;
    int left = length;
    while (left > 0) {
      int some = Math.min(left, partBytes - filled);
      reserve(filled + some);
      System.arraycopy(source, from, buffer, filled, some);
      filled += some;
      from += some;
      left -= some;
      if (filled == partBytes) {
        sendPart();
      }
    }
  }

  /** Sends what waits as a part; it must be large enough for one unless it is the last. */
  void sendPart() {
    if (multipart == null) {
      multipart = transfers.begin(key);
    }
    Body body = Body.of(buffer, filled);
    parts.add(transfers.part(multipart, parts.size() + 1, body));
    buffer = new byte[FIRST_BYTES];
    filled = 0;
  }

  /** Ends the object; the future completes when it is stored. */
  CompletableFuture<Done> finish() {
    String checksum = RecordCodec.checksum(crc);
    if (multipart == null) {
      Body body = Body.of(buffer, filled);
      Done result = new Done(bytes, checksum, body.hex());
      done = transfers.put(key, body).thenApply(stored -> result);
    } else {
      if (filled > 0) {
        sendPart();
      }
      done =
          transfers
              .complete(multipart, parts, bytes)
              .thenApply(stored -> new Done(bytes, checksum, null));
    }
    buffer = new byte[0];
    filled = 0;
    return done;
  }

  /** Gives the object up and removes what was stored of it; completes when that is done. */
  CompletableFuture<Void> discard() {
    buffer = new byte[0];
    filled = 0;
    return transfers.discard(key, multipart, parts, done);
  }

  private void reserve(int size) {
    if (size > buffer.length) {
      int wanted = multipart == null ? Math.max(size, 2 * buffer.length) : partBytes;
      buffer = Arrays.copyOf(buffer, Math.min(partBytes, wanted));
    }
  }

  /** A multipart upload; its begin request may still be under way. */
  record Multipart(String key, CompletableFuture<MultipartUploads.Upload> begun) {}
}
