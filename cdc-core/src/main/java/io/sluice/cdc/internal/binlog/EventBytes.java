package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One event of the binlog as an array, in the binlog client's own form. The client's class asks the
 * socket's buffer for each byte; this one looks into the array, which the largest part of the
 * reader's time went to. Text is UTF-8, which is what the server writes its names in, and not what
 * the platform has. Used by one thread, for one event after the other.
 */
final class EventBytes extends ByteArrayInputStream {
  private byte[] bytes = {};
  private int at;
  private int end;
  private int limit;

  /** An event ends before all of it was read: it is not what its header says, or damaged. */
  static final class EndsEarly extends IOException {
    private static final long serialVersionUID = 1L;

    EndsEarly(int wanted, int left) {
      super("the event ends " + (wanted - left) + " bytes early");
    }
  }

  EventBytes() {
    super(new byte[0]);
  }

  /** Starts to read the first {@code length} bytes of an array, which must not change meanwhile. */
  void begin(byte[] event, int length) {
    bytes = event;
    at = 0;
    end = length;
    limit = length;
  }

  private int move(int length) throws EndsEarly {
    int from = at;
    if (length < 0 || length > limit - from) {
      throw new EndsEarly(length, limit - from);
    }
    at = from + length;
    return from;
  }

  @Override
  public int read() throws IOException {
    return bytes[move(1)] & 0xFF;
  }

  @Override
  public int peek() {
    return at < limit ? bytes[at] & 0xFF : -1;
  }

  @Override
  public int readInteger(int length) throws IOException {
    return (int) readLong(length);
  }

  @Override
  public long readLong(int length) throws IOException {
    int from = move(length);
    long result = 0;
    for (int i = length - 1; i >= 0; i--) {
      result = (result << 8) | (bytes[from + i] & 0xFF);
    }
    return result;
  }

  @Override
  public byte[] read(int length) throws IOException {
    int from = move(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  @Override
  public void fill(byte[] into, int offset, int length) throws IOException {
    System.arraycopy(bytes, move(length), into, offset, length);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = Math.min(length, limit - at);
    if (count == 0) {
      return length == 0 ? 0 : -1;
    }
    fill(into, offset, count);
    return count;
  }

  @Override
  public String readString(int length) throws IOException {
    return new String(bytes, move(length), length, StandardCharsets.UTF_8);
  }

  @Override
  public String readZeroTerminatedString() throws IOException {
    int zero = at;
    while (zero < limit && bytes[zero] != 0) {
      zero++;
    }
    String text = readString(zero - at);
    move(1);
    return text;
  }

  @Override
  public int available() {
    return limit - at;
  }

  @Override
  public long skip(long length) {
    int count = (int) Math.max(0, Math.min(length, limit - at));
    at += count;
    return count;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // one thread
  public long fastSkip(long length) {
    return skip(length);
  }

  @Override
  public void enterBlock(int length) {
    limit = length < 0 ? end : Math.min(end, at + length);
  }

  @Override
  public void skipToTheEndOfTheBlock() {
    at = limit;
    limit = end;
  }

  @Override
  public int getPosition() {
    return at;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
