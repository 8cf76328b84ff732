package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.SourcePosition;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the stream is. Immutable; taken after every transaction, so it costs little. */
public final class StreamPosition {
  private static final String FILE = "file";
  private static final String POSITION = "pos";
  private static final String GTIDS = "gtids";
  private static final String FILE_BEGUN = "file_begun";
  private static final String EVENTS_TO_SKIP = "event";
  private static final String ROWS_TO_SKIP = "row";

  private final String file;
  private final long position;
  private final @Nullable GtidProgress gtids;
  private final long fileBegun;
  private final long events;
  private final long rows;

  private StreamPosition(
      String file,
      long position,
      @Nullable GtidProgress gtids,
      long fileBegun,
      long events,
      long rows) {
    this.file = file;
    this.position = position;
    this.gtids = gtids;
    this.fileBegun = fileBegun;
    this.events = events;
    this.rows = rows;
  }

  /**
   * A position between two transactions.
   *
   * @param gtids what is done, or null where the server counts no GTIDs
   * @param fileBegun when the file was begun, in milliseconds; 0 where it is not known
   */
  static StreamPosition between(
      String file, long position, @Nullable GtidProgress gtids, long fileBegun) {
    return new StreamPosition(file, position, gtids, fileBegun, 0, 0);
  }

  /**
   * A position inside a transaction.
   *
   * @param position where the transaction begins
   * @param gtids what is done without it, or null where the server counts no GTIDs
   * @param fileBegun when the file was begun, in milliseconds; 0 where it is not known
   * @param events how many of its events are done
   * @param rows how many rows of the event after these are done
   */
  static StreamPosition inside(
      String file,
      long position,
      @Nullable GtidProgress gtids,
      long fileBegun,
      long events,
      long rows) {
    return new StreamPosition(file, position, gtids, fileBegun, events, rows);
  }

  /** A position of the server, between two transactions. */
  public static StreamPosition of(SourcePosition position) {
    return between(
        position.binlogFile(), position.binlogPosition(), progress(position.gtidSet()), 0);
  }

  /** The position that {@link #engineOffset()} once gave. */
  public static StreamPosition of(Map<String, Object> engineOffset) {
    return new StreamPosition(
        String.valueOf(engineOffset.get(FILE)),
        number(engineOffset.get(POSITION)),
        progress(engineOffset.get(GTIDS)),
        number(engineOffset.get(FILE_BEGUN)),
        number(engineOffset.get(EVENTS_TO_SKIP)),
        number(engineOffset.get(ROWS_TO_SKIP)));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number n ? n.longValue() : 0;
  }

  private static @Nullable GtidProgress progress(@Nullable Object gtids) {
    return gtids == null ? null : GtidProgress.of(GtidSet.parse(gtids.toString()));
  }

  /** The offset from which Debezium's engine goes on here. */
  public Map<String, Object> engineOffset() {
    Map<String, Object> offset = new LinkedHashMap<>();
    offset.put(FILE, file);
    offset.put(POSITION, position);
    String done = gtidSet();
    if (done != null && !done.isEmpty()) {
      offset.put(GTIDS, done);
    }
    if (gtids == null && fileBegun > 0) {
      offset.put(FILE_BEGUN, fileBegun);
    }
    if (events > 0) {
      offset.put(EVENTS_TO_SKIP, events);
    }
    if (rows > 0) {
      offset.put(ROWS_TO_SKIP, rows);
    }
    return offset;
  }

  /** The binlog file. */
  public String file() {
    return file;
  }

  /** The position in the file. */
  public long position() {
    return position;
  }

  /** When the file was begun, in milliseconds; 0 where it is not known, or GTIDs are counted. */
  long fileBegun() {
    return fileBegun;
  }

  /** What is done, or null where the server counts no GTIDs. */
  public @Nullable String gtidSet() {
    return gtids == null ? null : gtids.set().toString();
  }

  /** Whether it is in the middle of a transaction. */
  public boolean insideTransaction() {
    return events > 0 || rows > 0;
  }

  @Override
  public String toString() {
    return engineOffset().toString();
  }
}
