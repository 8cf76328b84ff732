package io.sluice.cdc.testkit.internal.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Finds where a body ends, and writes bodies whose length nobody told before. */
final class Bodies {
  private static final String LENGTH = "Content-Length";
  private static final String ENCODING = "Transfer-Encoding";
  private static final int BUFFER_BYTES = 16 << 10;

  private Bodies() {}

  static boolean isChunked(Head head) {
    return head.has(ENCODING, "chunked");
  }

  /** The body of a request. */
  static InputStream ofRequest(Head head, InputStream input) {
    if (isChunked(head)) {
      return new Chunked(input);
    }
    return new Limited(input, head.value(LENGTH).map(Long::parseLong).orElse(0L));
  }

  /**
   * The body of an answer to this method; without a length it goes on to the end of the connection.
   */
  static InputStream ofAnswer(Head head, String method, InputStream input) {
    String status = head.word(1);
    if (method.equals("HEAD") || status.equals("204") || status.equals("304")) {
      return InputStream.nullInputStream();
    }
    if (isChunked(head)) {
      return new Chunked(input);
    }
    return head.value(LENGTH)
        .<InputStream>map(length -> new Limited(input, Long.parseLong(length)))
        .orElse(input);
  }

  /** Copies the body, chunked or as it is, and flushes. */
  static void copy(InputStream body, OutputStream output, boolean chunked) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int bytes = body.read(buffer); bytes >= 0; bytes = body.read(buffer)) {
      if (chunked) {
        output.write((Integer.toHexString(bytes) + "\r\n").getBytes(ISO_8859_1));
      }
      output.write(buffer, 0, bytes);
      if (chunked) {
        output.write("\r\n".getBytes(ISO_8859_1));
      }
    }
    if (chunked) {
      output.write("0\r\n\r\n".getBytes(ISO_8859_1));
    }
    output.flush();
  }

  static void drain(InputStream body) throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
  }

  /** So many bytes; fewer are an error. */
  private static final class Limited extends InputStream {
    private final InputStream input;
    private long left;

    Limited(InputStream input, long bytes) {
      this.input = input;
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int bytes = input.read(target, from, (int) Math.min(left, length));
      if (bytes < 0) {
        throw new EOFException(
            "The connection ended " + left + " bytes before the end of the body");
      }
      left -= bytes;
      return bytes;
    }
  }

  /** The content of chunks, without their frames. */
  private static final class Chunked extends InputStream {
    private final InputStream input;
    private InputStream chunk = InputStream.nullInputStream();
    private boolean started;
    private boolean ended;

    Chunked(InputStream input) {
      this.input = input;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      while (!ended) {
        int bytes = chunk.read(target, from, length);
        if (bytes >= 0) {
          return bytes;
        }
        next();
      }
      return -1;
    }

    private void next() throws IOException {
      if (started) {
        Head.requiredLine(input); // the end of the line after the chunk before
      }
      started = true;
      long bytes = Long.parseLong(Head.requiredLine(input).replaceFirst(";.*", "").trim(), 16);
      chunk = new Limited(input, bytes);
      if (bytes == 0) {
        ended = true;
        while (!Head.requiredLine(input).isEmpty()) {
          continue; // trailers are of no use to anybody here
        }
      }
    }
  }
}
