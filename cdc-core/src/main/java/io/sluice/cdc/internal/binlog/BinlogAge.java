package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.EventHeader;
import io.sluice.cdc.error.SourceException;

/**
 * When the binlog file that is being read was begun, in milliseconds; 0 while it is not known. The
 * server sends the file's first event, which tells it, before any other, wherever reading begins.
 *
 * <p>After RESET MASTER files have the same names again. With GTIDs that is seen at the start;
 * without them only by this, once the new file is longer than the old one was. One thread.
 */
final class BinlogAge {
  private long expected;
  private long now;

  /** The stream begins in a file that was begun then. */
  void begin(long millis) {
    expected = millis;
    now = millis;
  }

  /**
   * The first event of a file.
   *
   * @throws SourceException when it is not the file in which the stream ended
   */
  void file(EventHeader first, String name) {
    long begun = first.getTimestamp();
    if (begun == 0) {
      return; // the server made it up
    }
    if (expected != 0 && expected != begun) {
      throw new SourceException(
          "The binlog "
              + name
              + " is another file than the one of this name in which the last commit ended: it was reset, or restored from a backup",
          "Start the pipeline under a new id, so that everything is loaded again; with GTID this is found at once");
    }
    expected = 0;
    now = begun;
  }

  /** Another file follows; it has not told its age yet. */
  void rotated() {
    expected = 0;
    now = 0;
  }

  long millis() {
    return now;
  }
}
