package io.sluice.cdc.s3.internal.segment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The records of a segment, one after the other, so that only one is held. Used by one thread. */
final class RecordLines implements AutoCloseable {
  /** A longer record goes into no segment, so that damage cannot make a line without end. */
  static final int LONGEST = 16 << 20;

  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;

  RecordLines(byte[] gzip) throws IOException {
    in = new GZIPInputStream(new ByteArrayInputStream(gzip), BUFFER);
  }

  /** The next one, null at the end, where the checksum of the gzip has been compared. */
  byte @Nullable [] next() throws IOException {
    line.reset();
    while (true) {
      if (at == end && !fill()) {
        if (line.size() > 0) {
          throw new EOFException("its last line has no end");
        }
        return null;
      }
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      line.write(buffer, at, stop - at);
      at = stop;
      if (line.size() > LONGEST) {
        throw new IOException("a line is longer than " + LONGEST + " bytes");
      }
      if (at < end) {
        at++;
        return line.toByteArray();
      }
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
