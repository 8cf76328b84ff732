package io.sluice.cdc.internal.binlog;

import java.io.IOException;
import java.io.InputStream;

/**
 * MySQL's packets as they come, but for those of 16 MiB less a byte, which say that the next one
 * belongs to them: these look like one packet, so that the binlog client reads a large event as it
 * comes and does not collect its packets first, each time in a larger array. One thread.
 *
 * <p>Format: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html
 */
final class JoinedPackets extends InputStream {
  private static final int MAX_LENGTH = 0xFFFFFF;
  private static final int HEADER = 4;
  private static final int BUFFER = 256 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;

  /** What is left of a packet, or of a header that is to be seen. */
  private int left;

  private boolean inHeader;
  private int payload;

  JoinedPackets(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return ready() ? next() & 0xFF : -1;
  }

  private byte next() {
    left--;
    return buffer[at++];
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ready()) {
      return -1;
    }
    int count = Math.min(Math.min(length, left), filled - at);
    System.arraycopy(buffer, at, into, offset, count);
    at += count;
    left -= count;
    return count;
  }

  /** Makes sure that there is a byte to give; false at the end. */
  private boolean ready() throws IOException {
    while (left == 0) {
      if (inHeader) {
        inHeader = false;
        left = payload;
      } else {
        boolean goesOn = payload == MAX_LENGTH;
        if (!header()) {
          return false;
        }
        if (goesOn) {
          at += HEADER;
          left = payload;
        } else {
          inHeader = true;
          left = HEADER;
        }
      }
    }
    return at < filled || fill(1);
  }

  /** Looks at the next header, which stays in the buffer, without the sign that more follows. */
  private boolean header() throws IOException {
    if (filled - at < HEADER && !fill(HEADER)) {
      return false;
    }
    payload = (buffer[at] & 0xFF) | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
    if (payload == MAX_LENGTH) {
      buffer[at]--;
    }
    return true;
  }

  private boolean fill(int least) throws IOException {
    System.arraycopy(buffer, at, buffer, 0, filled - at);
    filled -= at;
    at = 0;
    while (filled < least) {
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        return false;
      }
      filled += count;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
