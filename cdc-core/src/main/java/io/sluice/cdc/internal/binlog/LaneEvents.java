package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeader;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.GtidTaggedEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.sluice.cdc.error.SourceException;
import java.util.Locale;

/**
 * Takes the events that nearly all of a binlog consists of: announcements, begins, table maps, rows
 * and commits. What is left goes Debezium's way, after the statements among it were looked at for
 * changes that it would pass over in silence. Keeps Debezium's offset as Debezium itself would. One
 * thread.
 */
final class LaneEvents {
  private final LaneDispatcher dispatcher;
  private final TransactionTracker transactions;
  private final ChangeReceiver receiver;
  private final StatementGuard guard;
  private final MappedTables tables;
  private final RowEvents rows;
  private final Skips skips = new Skips();
  private boolean countsGtids;
  private boolean packed;
  private long end;

  LaneEvents(LaneContext lane, LaneDispatcher dispatcher, TableFates fates) {
    this.dispatcher = dispatcher;
    this.transactions = dispatcher.transactions();
    this.receiver = lane.receiver();
    this.guard = new StatementGuard(lane.source(), lane.settings().hideLiterals());
    this.tables = new MappedTables(lane, dispatcher, fates);
    this.rows = new RowEvents(dispatcher, receiver);
  }

  /**
   * The stream begins.
   *
   * @param gtids whether the server counts them
   * @param begun when the file was begun in which it begins, in milliseconds; 0 where that is not
   *     known
   */
  void begin(MySqlOffsetContext offset, boolean gtids, long begun) {
    countsGtids = gtids;
    skips.begin(offset);
    dispatcher.binlogAge().begin(gtids ? 0 : begun);
  }

  /**
   * Takes an event.
   *
   * @return false when it is Debezium's to handle, and {@link #handled} to be called afterwards
   */
  boolean take(Event event, MySqlOffsetContext offset) throws InterruptedException {
    EventHeader header = event.getHeader();
    if (!packed && header instanceof EventHeaderV4 own) {
      end = own.getNextPosition();
    }
    switch (header.getEventType()) {
      case GTID, GTID_TAGGED, ANONYMOUS_GTID -> announce(event, offset);
      case TABLE_MAP -> {
        locate(header, offset);
        tables.map(event.getData(), offset, end);
      }
      case WRITE_ROWS, EXT_WRITE_ROWS, UPDATE_ROWS, EXT_UPDATE_ROWS, DELETE_ROWS, EXT_DELETE_ROWS ->
          rows(event, offset);
      case XID -> commit(header, offset);
      case QUERY -> {
        QueryEventData query = event.getData();
        if (!query.getSql().equals(StatementDeserializer.BEGIN)) {
          statement(header, query);
          return false;
        }
        begin(event, offset);
      }
      default -> {
        other(event, offset);
        return false;
      }
    }
    offset.completeEvent();
    skips.eventDone();
    return true;
  }

  /** Debezium has handled the event. */
  void handled(Event event) {
    EventType type = event.getHeader().getEventType();
    if (type == EventType.QUERY || type == EventType.ROTATE) {
      tables.clear();
    }
    if (type == EventType.ROTATE && event.getHeader().getTimestamp() != 0) {
      dispatcher.binlogAge().rotated();
    }
    packed &= type != EventType.TRANSACTION_PAYLOAD;
    skips.eventDone();
  }

  private static void locate(EventHeader header, MySqlOffsetContext offset) {
    offset.setBinlogServerId(header.getServerId());
    if (header instanceof EventHeaderV4 own && own.getPosition() > 0) {
      offset.setEventPosition(own.getPosition(), own.getEventLength());
    }
  }

  private void announce(Event event, MySqlOffsetContext offset) {
    receiver.busy();
    locate(event.getHeader(), offset);
    long millis = event.getHeader().getTimestamp();
    EventData data = event.getData();
    if (data instanceof GtidEventData gtid) {
      transactions.announced(
          gtid.getMySqlGtid(), micros(gtid.getOriginalCommitTimestamp(), millis));
    } else if (data instanceof GtidTaggedEventData gtid) {
      transactions.announced(
          gtid.getMySqlGtid(), micros(gtid.getOriginalCommitTimestamp(), millis));
    } else {
      transactions.announced(null, millis * 1000);
    }
    String gtid = transactions.gtid();
    if (gtid != null && countsGtids) {
      offset.getSource().startGtid(gtid);
    }
  }

  private static long micros(long commitMicros, long eventMillis) {
    return commitMicros > 0 ? commitMicros : eventMillis * 1000;
  }

  private void begin(Event event, MySqlOffsetContext offset) {
    receiver.busy();
    locate(event.getHeader(), offset);
    transactions.timed(event.getHeader().getTimestamp());
    offset.startNextTransaction();
    dispatcher.opened(offset);
    skips.transactionBegins();
  }

  private void rows(Event event, MySqlOffsetContext offset) throws InterruptedException {
    EventHeader header = event.getHeader();
    locate(header, offset);
    EventData data = event.getData();
    MappedTables.Mapped table = tables.of(number(data), offset, end);
    if (table.streamed() != null && !skips.isSkipping()) {
      if (header instanceof EventHeaderV4 own) {
        receiver.eventBytes(own.getEventLength());
      }
      rows.take(data, table, offset, skips.takeRows());
    }
  }

  private static long number(EventData data) {
    if (data instanceof WriteRowsEventData rows) {
      return rows.getTableId();
    }
    return data instanceof UpdateRowsEventData rows
        ? rows.getTableId()
        : ((DeleteRowsEventData) data).getTableId();
  }

  private void commit(EventHeader header, MySqlOffsetContext offset) throws InterruptedException {
    locate(header, offset);
    offset.commitTransaction();
    skips.transactionEnds();
    transactions.closed();
    dispatcher.idle(offset.getSource().binlogFilename(), end);
  }

  private void statement(EventHeader header, QueryEventData query) {
    receiver.busy();
    transactions.timed(header.getTimestamp());
    String sql = query.getSql().trim();
    String start = sql.substring(0, Math.min(sql.length(), 16)).toUpperCase(Locale.ROOT);
    if (start.startsWith("XA START")) {
      transactions.xaStarted();
    } else if (start.startsWith("COMMIT")) {
      skips.transactionEnds();
    } else if (!start.startsWith("BEGIN")) {
      guard.check(query.getDatabase(), sql);
      transactions.statementDone();
    }
  }

  private void other(Event event, MySqlOffsetContext offset) {
    EventHeader header = event.getHeader();
    switch (header.getEventType()) {
      case FORMAT_DESCRIPTION ->
          dispatcher.binlogAge().file(header, offset.getSource().binlogFilename());
      case XA_PREPARE -> transactions.xaStarted();
      case TRANSACTION_PAYLOAD -> packed = true;
      case PARTIAL_UPDATE_ROWS_EVENT ->
          throw new SourceException(
              "A session wrote with binlog_row_value_options=PARTIAL_JSON, so that the binlog holds only parts of JSON values",
              "Forbid sessions to set binlog_row_value_options, then load the tables with JSON columns again");
      default -> {}
    }
  }

  /**
   * What to pass over after a start inside a transaction: as many events from its BEGIN on, which
   * is the first of them, and as many rows of the next event with rows.
   */
  private static final class Skips {
    private long events;
    private int rows;
    private boolean skipping;

    void begin(MySqlOffsetContext offset) {
      events = offset.eventsToSkipUponRestart();
      rows = offset.rowsToSkipUponRestart();
    }

    void transactionBegins() {
      skipping = events != 0;
    }

    boolean isSkipping() {
      return skipping;
    }

    void eventDone() {
      if (skipping) {
        events--;
        skipping = events > 0;
      }
    }

    void transactionEnds() {
      skipping = false;
    }

    int takeRows() {
      int skipped = rows;
      rows = 0;
      return skipped;
    }
  }
}
