package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.NullEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.sluice.cdc.error.SourceException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads events with our deserializers, each from an array that holds all of it. One thread.
 *
 * <p>Format of the header:
 * https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_replication_binlog_event.html
 */
final class EventReader extends EventDeserializer {
  private static final int HEADER = 19;
  private static final int LENGTH_AT = 9;

  /** Longer events are read as they come: copying them once more would double what they take. */
  private static final int MOST_COPIED = 1 << 20;

  private final LongConsumer room;
  private final Map<Long, TableMapEventData> tables;
  private final EventBytes event = new EventBytes();
  private byte[] buffer = new byte[1 << 13];

  /**
   * A reader of the server's events.
   *
   * @param room waits until there is room for so many bytes; asked before a large event is read
   */
  EventReader(MySqlCharsets charsets, LongConsumer room) {
    this(charsets, room, new TableMapDeserializer(), new HashMap<>());
  }

  private EventReader(
      MySqlCharsets charsets,
      LongConsumer room,
      TableMapDeserializer maps,
      Map<Long, TableMapEventData> tables) {
    this.room = room;
    this.tables = tables;
    RowsDeserializer.install(this, tables);
    setEventDataDeserializer(EventType.QUERY, new StatementDeserializer(charsets));
    // The text of the statement that wrote rows: nobody needs it, and it holds values.
    setEventDataDeserializer(EventType.ROWS_QUERY, new NullEventDataDeserializer());
    setEventDataDeserializer(EventType.TABLE_MAP, maps);
    readOnce(maps);
    setEventDataDeserializer(
        EventType.TRANSACTION_PAYLOAD,
        new PayloadDeserializer(() -> new EventReader(charsets, room, maps, tables)));
  }

  /**
   * The client would read each table map a second time for its own use, with a deserializer of its
   * own that nothing but its field lets us replace.
   */
  private void readOnce(TableMapDeserializer maps) {
    try {
      Field own = EventDeserializer.class.getDeclaredField("tableMapEventDataDeserializer");
      own.setAccessible(true);
      own.set(this, maps);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another binlog client than this was built for", e);
    }
  }

  @Override
  public @Nullable Event nextEvent(ByteArrayInputStream in) throws IOException {
    if (in.peek() == -1) {
      return null;
    }
    in.fill(buffer, 0, HEADER);
    int length = length();
    if (length < HEADER) {
      throw new IOException("an event says that it is " + length + " bytes long");
    }
    if (length > MOST_COPIED) {
      return noted(large(length, in));
    }
    if (length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length, buffer.length * 2));
    }
    in.fill(buffer, HEADER, length - HEADER);
    event.begin(buffer, length);
    return noted(super.nextEvent(event));
  }

  private Event large(int length, ByteArrayInputStream in) throws IOException {
    room.accept(length);
    try {
      return super.nextEvent(new Behind(Arrays.copyOf(buffer, HEADER), in));
    } catch (OutOfMemoryError e) {
      throw new SourceException(
          "An event of " + length + " bytes does not fit into the heap",
          "Give the JVM more of it (-Xmx): about four times as much as the largest transaction's rows in one event",
          e);
    }
  }

  private int length() {
    return (buffer[LENGTH_AT] & 0xFF)
        | (buffer[LENGTH_AT + 1] & 0xFF) << 8
        | (buffer[LENGTH_AT + 2] & 0xFF) << 16
        | (buffer[LENGTH_AT + 3] & 0xFF) << 24;
  }

  private Event noted(Event read) {
    EventType type = read.getHeader().getEventType();
    if (type == EventType.TABLE_MAP) {
      TableMapEventData map = read.getData();
      tables.put(map.getTableId(), map);
    } else if (type == EventType.ROTATE && read.getHeader().getTimestamp() != 0) {
      tables.clear(); // numbers of tables do not outlive a file
    }
    return read;
  }

  /** A stream whose first bytes have been read already. */
  private static final class Behind extends ByteArrayInputStream {
    Behind(byte[] first, ByteArrayInputStream rest) {
      super(new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(first), rest));
    }
  }
}
