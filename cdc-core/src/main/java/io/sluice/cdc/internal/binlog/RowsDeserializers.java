package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import com.github.shyiko.mysql.binlog.event.deserialization.DeleteRowsEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.UpdateRowsEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.WriteRowsEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** Makes the binlog client read row images through {@link CellReader}. */
final class RowsDeserializers {
  private RowsDeserializers() {}

  /** Sets the deserializers of all row events. */
  static void install(EventDeserializer target, Map<Long, TableMapEventData> tables) {
    target.setEventDataDeserializer(EventType.WRITE_ROWS, new Writes(tables));
    target.setEventDataDeserializer(EventType.UPDATE_ROWS, new Updates(tables));
    target.setEventDataDeserializer(EventType.DELETE_ROWS, new Deletes(tables));
    target.setEventDataDeserializer(
        EventType.EXT_WRITE_ROWS, new Writes(tables).setMayContainExtraInformation(true));
    target.setEventDataDeserializer(
        EventType.EXT_UPDATE_ROWS, new Updates(tables).setMayContainExtraInformation(true));
    target.setEventDataDeserializer(
        EventType.EXT_DELETE_ROWS, new Deletes(tables).setMayContainExtraInformation(true));
  }

  private static final class Writes extends WriteRowsEventDataDeserializer {
    Writes(Map<Long, TableMapEventData> tables) {
      super(tables);
    }

    @Override
    protected Serializable deserializeCell(
        ColumnType type, int meta, int length, ByteArrayInputStream in) throws IOException {
      return CellReader.read(type, meta, length, in);
    }
  }

  private static final class Updates extends UpdateRowsEventDataDeserializer {
    Updates(Map<Long, TableMapEventData> tables) {
      super(tables);
    }

    @Override
    protected Serializable deserializeCell(
        ColumnType type, int meta, int length, ByteArrayInputStream in) throws IOException {
      return CellReader.read(type, meta, length, in);
    }
  }

  private static final class Deletes extends DeleteRowsEventDataDeserializer {
    Deletes(Map<Long, TableMapEventData> tables) {
      super(tables);
    }

    @Override
    protected Serializable deserializeCell(
        ColumnType type, int meta, int length, ByteArrayInputStream in) throws IOException {
      return CellReader.read(type, meta, length, in);
    }
  }
}
