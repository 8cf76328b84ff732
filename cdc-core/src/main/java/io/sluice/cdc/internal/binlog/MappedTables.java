package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.event.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which table the numbers in row events stand for, as the table maps before them say, and whether
 * its rows are wanted. One thread.
 */
final class MappedTables {
  private static final int MOST_REMEMBERED = 10_000;

  private final LaneContext lane;
  private final LaneDispatcher dispatcher;
  private final TableFates fates;
  private final Map<Long, Mapped> tables = new LinkedHashMap<>();
  private @Nullable Mapped last;

  /**
   * A table map and what became of it.
   *
   * @param streamed the table whose rows follow, or null when they are not wanted
   * @param settled whether this holds until a statement changes tables, not only for this event
   */
  record Mapped(TableMapEventData map, @Nullable StreamTable streamed, boolean settled) {}

  MappedTables(LaneContext lane, LaneDispatcher dispatcher, TableFates fates) {
    this.lane = lane;
    this.dispatcher = dispatcher;
    this.fates = fates;
  }

  /** Takes a table map. */
  @SuppressWarnings("ReferenceEquality") // a map that has not changed is the same object
  void map(TableMapEventData map, MySqlOffsetContext offset, long end) throws InterruptedException {
    Mapped known = tables.get(map.getTableId());
    if (known == null || known.map != map || !known.settled) {
      known = look(map, offset, end);
      if (tables.size() >= MOST_REMEMBERED) {
        // The oldest: the maps of a statement over several tables all come before its rows.
        tables.remove(tables.keySet().iterator().next());
      }
      tables.remove(map.getTableId());
      tables.put(map.getTableId(), known);
    }
    last = known;
  }

  /** The table that a row event's number stands for. */
  Mapped of(long number, MySqlOffsetContext offset, long end) throws InterruptedException {
    Mapped mapped = last;
    if (mapped == null || mapped.map.getTableId() != number) {
      mapped = tables.get(number);
    }
    if (mapped == null) {
      throw new IllegalStateException("rows of table number " + number + " without a table map");
    }
    return mapped.settled ? mapped : look(mapped.map, offset, end);
  }

  /** A statement may have changed everything. */
  void clear() {
    tables.clear();
    last = null;
  }

  private Mapped look(TableMapEventData map, MySqlOffsetContext offset, long end)
      throws InterruptedException {
    TableName table = new TableName(map.getDatabase(), map.getTable());
    if (!lane.includes(table)) {
      return new Mapped(map, null, true);
    }
    HeldByLoad held = fates.heldByLoad();
    String file = offset.getSource().binlogFilename();
    if (held.covers(table, dispatcher.transactions().gtid(), file, end)
        || !fits(map, table, offset)) {
      return new Mapped(map, null, false);
    }
    return new Mapped(map, dispatcher.known(table), true);
  }

  /**
   * Whether the rows that follow fit what is known of the table; if not, they are not needed.
   *
   * @throws io.sluice.cdc.error.SourceException when the table was altered without the binlog
   */
  private boolean fits(TableMapEventData map, TableName table, MySqlOffsetContext offset)
      throws InterruptedException {
    String difference = TableMapCheck.difference(map, dispatcher.known(table));
    if (difference.isEmpty()) {
      return true;
    }
    if (fates.misunderstood(table, difference, offset)) {
      return false;
    }
    CdcException e = TableMapCheck.failure(table, difference);
    lane.fail(e);
    throw e;
  }
}
