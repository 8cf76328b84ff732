package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the events of rows, with the forms of values of {@link CellReader}. What a table map says
 * of the columns is worked out once for each map, not for each value.
 *
 * <p>Format:
 * https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Rows__event.html
 */
final class RowsDeserializer implements EventDataDeserializer<EventData> {
  private static final int RESERVED = 2;
  private static final int MOST_REMEMBERED = 10_000;

  private final EventType type;
  private final Map<Long, TableMapEventData> tables;
  private final Map<Long, RowFormat> formats = new HashMap<>();

  private RowsDeserializer(EventType type, Map<Long, TableMapEventData> tables) {
    this.type = type;
    this.tables = tables;
  }

  /** Sets the deserializers of all row events. */
  static void install(EventDeserializer target, Map<Long, TableMapEventData> tables) {
    for (EventType type :
        List.of(
            EventType.WRITE_ROWS,
            EventType.UPDATE_ROWS,
            EventType.DELETE_ROWS,
            EventType.EXT_WRITE_ROWS,
            EventType.EXT_UPDATE_ROWS,
            EventType.EXT_DELETE_ROWS)) {
      target.setEventDataDeserializer(type, new RowsDeserializer(type, tables));
    }
  }

  @Override
  public EventData deserialize(ByteArrayInputStream in) throws IOException {
    long table = in.readLong(6);
    in.skip(RESERVED);
    RowFormat rows = format(table);
    return switch (type) {
      case WRITE_ROWS -> writes(table, rows, in);
      case UPDATE_ROWS -> updates(table, rows, in);
      case DELETE_ROWS -> deletes(table, rows, in);
      default -> {
        in.skip(in.readInteger(2) - 2L); // what no row needs, with its length
        yield switch (type) {
          case EXT_WRITE_ROWS -> writes(table, rows, in);
          case EXT_UPDATE_ROWS -> updates(table, rows, in);
          default -> deletes(table, rows, in);
        };
      }
    };
  }

  @SuppressWarnings("ReferenceEquality") // a map that has not changed is the same object
  private RowFormat format(long table) throws IOException {
    TableMapEventData map = tables.get(table);
    if (map == null) {
      throw new IOException("rows of table number " + table + " come without its table map");
    }
    RowFormat known = formats.get(table);
    if (known == null || known.map() != map) {
      if (formats.size() >= MOST_REMEMBERED) {
        formats.clear();
      }
      known = new RowFormat(map);
      formats.put(table, known);
    }
    return known;
  }

  private static EventData writes(long table, RowFormat format, ByteArrayInputStream in)
      throws IOException {
    WriteRowsEventData data = new Unprinted.Writes();
    data.setTableId(table);
    data.setIncludedColumns(format.columns(in.readPackedInteger(), in));
    data.setRows(rows(format, data.getIncludedColumns(), in));
    return data;
  }

  private static EventData deletes(long table, RowFormat format, ByteArrayInputStream in)
      throws IOException {
    DeleteRowsEventData data = new Unprinted.Deletes();
    data.setTableId(table);
    data.setIncludedColumns(format.columns(in.readPackedInteger(), in));
    data.setRows(rows(format, data.getIncludedColumns(), in));
    return data;
  }

  private static List<Serializable[]> rows(
      RowFormat format, BitSet columns, ByteArrayInputStream in) throws IOException {
    List<Serializable[]> rows = new ArrayList<>();
    while (in.available() > 0) {
      rows.add(format.row(columns, in));
    }
    return rows;
  }

  private static EventData updates(long table, RowFormat format, ByteArrayInputStream in)
      throws IOException {
    UpdateRowsEventData data = new Unprinted.Updates();
    data.setTableId(table);
    int columns = in.readPackedInteger();
    data.setIncludedColumnsBeforeUpdate(format.columns(columns, in));
    data.setIncludedColumns(format.columns(columns, in));
    List<Map.Entry<Serializable[], Serializable[]>> rows = new ArrayList<>();
    while (in.available() > 0) {
      Serializable[] before = format.row(data.getIncludedColumnsBeforeUpdate(), in);
      rows.add(new SimpleImmutableEntry<>(before, format.row(data.getIncludedColumns(), in)));
    }
    data.setRows(rows);
    return data;
  }
}
