package io.sluice.cdc.event;

import org.jspecify.annotations.Nullable;

/**
 * A moment in the binlog of one server: everything before it has been taken.
 *
 * @param binlogFile the binlog file, e.g. {@code binlog.000042}
 * @param binlogPosition the byte position in it
 * @param gtidSet the executed GTID set without line breaks, or null when the server has GTID off
 * @param serverUuid the server's {@code server_uuid}
 */
public record SourcePosition(
    String binlogFile, long binlogPosition, @Nullable String gtidSet, String serverUuid) {

  /** The number at the end of the binlog file's name; it grows with every rotation. */
  public long binlogFileNumber() {
    return fileNumber(binlogFile);
  }

  /** Whether the position {@code file:position} is not after this one, by file and position. */
  public boolean covers(String file, long position) {
    long number = fileNumber(file);
    long own = binlogFileNumber();
    return number < own || (number == own && position <= binlogPosition);
  }

  private static long fileNumber(String file) {
    return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
  }

  /** {@code file:position}, and the GTID set where there is one. */
  @Override
  public String toString() {
    String place = binlogFile + ":" + binlogPosition;
    return gtidSet == null ? place : place + " (" + gtidSet + ")";
  }
}
