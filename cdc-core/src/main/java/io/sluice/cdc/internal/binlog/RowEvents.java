package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.Operation;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Hands the rows of an event over, one after the other. One thread. */
final class RowEvents {
  private final LaneDispatcher dispatcher;
  private final ChangeReceiver receiver;

  RowEvents(LaneDispatcher dispatcher, ChangeReceiver receiver) {
    this.dispatcher = dispatcher;
    this.receiver = receiver;
  }

  /**
   * Hands over the rows of an event.
   *
   * @param skipped how many were handed over before the start
   */
  void take(EventData data, MappedTables.Mapped mapped, MySqlOffsetContext offset, int skipped)
      throws InterruptedException {
    StreamTable table = Objects.requireNonNull(mapped.streamed());
    dispatcher.transactions().requireOpen(table.name());
    if (data instanceof WriteRowsEventData rows) {
      requireWhole(mapped, rows.getIncludedColumns());
      images(Operation.INSERT, rows.getRows(), table, offset, skipped);
    } else if (data instanceof UpdateRowsEventData rows) {
      requireWhole(mapped, rows.getIncludedColumnsBeforeUpdate());
      requireWhole(mapped, rows.getIncludedColumns());
      updates(rows.getRows(), table, offset, skipped);
    } else if (data instanceof DeleteRowsEventData rows) {
      requireWhole(mapped, rows.getIncludedColumns());
      images(Operation.DELETE, rows.getRows(), table, offset, skipped);
    }
    offset.changeEventCompleted();
  }

  private void images(
      Operation operation,
      List<Serializable[]> images,
      StreamTable table,
      MySqlOffsetContext offset,
      int skipped)
      throws InterruptedException {
    String file = offset.getSource().binlogFilename();
    long position = offset.getSource().binlogPosition();
    Supplier<StreamPosition> here = () -> dispatcher.inside(offset);
    for (int i = skipped; i < images.size(); i++) {
      Serializable[] image = images.get(i);
      boolean inserted = operation == Operation.INSERT;
      offset.setRowNumber(i, images.size());
      receiver.change(
          table, operation, inserted ? null : image, inserted ? image : null, file, position, here);
    }
  }

  private void updates(
      List<Map.Entry<Serializable[], Serializable[]>> updates,
      StreamTable table,
      MySqlOffsetContext offset,
      int skipped)
      throws InterruptedException {
    String file = offset.getSource().binlogFilename();
    long position = offset.getSource().binlogPosition();
    Supplier<StreamPosition> here = () -> dispatcher.inside(offset);
    for (int i = skipped; i < updates.size(); i++) {
      Map.Entry<Serializable[], Serializable[]> images = updates.get(i);
      offset.setRowNumber(i, updates.size());
      receiver.change(
          table, Operation.UPDATE, images.getKey(), images.getValue(), file, position, here);
    }
  }

  /**
   * A session may leave columns out of its row images at any time. Hidden columns of functional
   * indexes are in the map and never in an image.
   */
  private static void requireWhole(MappedTables.Mapped mapped, BitSet columns) {
    StreamTable table = Objects.requireNonNull(mapped.streamed());
    if (columns.cardinality() != mapped.map().getColumnTypes().length
        && columns.nextClearBit(0) != table.schema().columns().size()) {
      throw new SourceException(
          "A session wrote to table "
              + table.name()
              + " with binlog_row_image other than FULL, so that its row images lack columns",
          "Forbid sessions to set binlog_row_image, then load the table again");
    }
  }
}
