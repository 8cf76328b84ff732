package io.sluice.cdc.internal.load;

import com.mysql.cj.NativeSession;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.protocol.FullReadInputStream;
import com.mysql.cj.protocol.SocketConnection;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the driver reads the server's answers from, with a door beside it: a row that lies in the
 * buffer whole can be taken out before the driver sees it, value by value and without a copy. All
 * else is the driver's to read as ever: the first row of an answer, rows that are larger than the
 * buffer, the end of the rows, errors of the server and of the connection. Used by one thread.
 *
 * <p>The protocol: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basics.html
 */
final class RowPackets extends InputStream {
  private static final int BUFFER_BYTES = 128 << 10;
  private static final int HEADER_BYTES = 4;
  private static final int NULL = 0xFB;
  private static final int TWO_BYTES = 0xFC;
  private static final int THREE_BYTES = 0xFD;

  /** Of the packet at the end of the rows, or of a row too large for the buffer. */
  private static final int END = 0xFE;

  private static final int ERROR = 0xFF;

  private final InputStream server;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private int next;
  private @Nullable IOException failure;

  private RowPackets(InputStream server) {
    this.server = server;
  }

  /** Puts itself below the driver of the connection, unless it is there already. */
  static RowPackets below(Connection connection) throws SQLException {
    NativeSession session = (NativeSession) connection.unwrap(JdbcConnection.class).getSession();
    SocketConnection socket = session.getProtocol().getSocketConnection();
    try {
      InputStream current = socket.getMysqlInput().getUnderlyingStream();
      if (current instanceof RowPackets there) {
        return there;
      }
      // Nothing is on its way between two statements, so nothing is left behind in the driver's.
      RowPackets packets =
          new RowPackets(
              current.available() == 0 ? socket.getMysqlSocket().getInputStream() : current);
      socket.setMysqlInput(new FullReadInputStream(packets));
      return packets;
    } catch (IOException e) {
      throw new SQLException("The connection is closed: " + e.getMessage(), "08003", e);
    }
  }

  /**
   * Takes the next packet when it is a row, and waits for it; {@link #show} then goes through its
   * values. False when the driver has to read what comes. The driver must have read the first row.
   */
  boolean takeRow() {
    if (!has(HEADER_BYTES + 1)) {
      return false;
    }
    int length = number(from, 3);
    int first = buffer[from + HEADER_BYTES] & 0xFF;
    if (first == END || first == ERROR || !has(HEADER_BYTES + length)) {
      return false;
    }
    next = from + HEADER_BYTES;
    from = next + length;
    return true;
  }

  /** Shows the next value of the row that was taken; false when it is NULL. */
  boolean show(Cell cell) {
    int length = buffer[next++] & 0xFF;
    if (length == NULL) {
      return false;
    }
    if (length >= TWO_BYTES) {
      int bytes = length == TWO_BYTES ? 2 : length == THREE_BYTES ? 3 : 8;
      length = number(next, bytes);
      next += bytes;
    }
    cell.show(buffer, next, length);
    next += length;
    return true;
  }

  private int number(int at, int bytes) {
    int value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | buffer[at + i] & 0xFF;
    }
    return value;
  }

  /** Whether the buffer holds so many bytes; waits for them if it can ever. */
  private boolean has(int bytes) {
    if (to - from >= bytes) {
      return true;
    }
    return bytes <= buffer.length && fill(bytes);
  }

  private boolean fill(int bytes) {
    if (buffer.length - from < bytes) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    try {
      while (to - from < bytes) {
        int read = server.read(buffer, to, buffer.length - to);
        if (read < 0) {
          return false;
        }
        to += read;
      }
      return true;
    } catch (IOException e) {
      // It is the driver that tells of it, in its own words.
      failure = e;
      return false;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (from == to) {
      if (failure != null) {
        throw failure;
      }
      if (length >= buffer.length) {
        return server.read(target, offset, length);
      }
      from = 0;
      to = Math.max(0, server.read(buffer, 0, buffer.length));
      if (to == 0) {
        return -1;
      }
    }
    int some = Math.min(length, to - from);
    System.arraycopy(buffer, from, target, offset, some);
    from += some;
    return some;
  }

  @Override
  public int available() throws IOException {
    return to - from + server.available();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
