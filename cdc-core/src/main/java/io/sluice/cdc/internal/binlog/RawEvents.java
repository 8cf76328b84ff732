package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.GtidTaggedEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sees every event before Debezium does: learns times and GTIDs, and stops at what Debezium would
 * pass over in silence.
 */
final class RawEvents implements BinaryLogClient.EventListener {
  private final LaneContext lane;
  private final LaneDispatcher dispatcher;
  private final TransactionTracker transactions;
  private final ChangeReceiver receiver;
  private final Map<Long, TableMapEventData> tables;
  private final StatementGuard statements;
  private final BinaryLogClient client;
  private final HeldByLoad loaded;
  private long end;

  RawEvents(
      LaneContext lane,
      LaneDispatcher dispatcher,
      BinaryLogClient client,
      Map<Long, TableMapEventData> tables,
      HeldByLoad loaded) {
    this.lane = lane;
    this.client = client;
    this.dispatcher = dispatcher;
    this.loaded = loaded;
    this.transactions = dispatcher.transactions();
    this.receiver = lane.receiver();
    this.tables = tables;
    this.statements = new StatementGuard(lane.source());
    client.registerLifecycleListener(new Disconnects(lane));
  }

  @Override
  public void onEvent(Event event) {
    lane.heard();
    if (lane.isStopped()) { // the engine reads on for a moment and does nothing with it
      if (unwrap(event) instanceof TableMapEventData map) {
        map(map);
      }
      return;
    }
    if (event.getHeader() instanceof EventHeaderV4 header) {
      end = header.getNextPosition();
    }
    try {
      look(event);
    } catch (CdcException e) {
      lane.fail(e);
      throw e;
    }
  }

  private void look(Event event) {
    EventType type = event.getHeader().getEventType();
    EventData data = unwrap(event);
    switch (type) {
      case GTID, GTID_TAGGED, ANONYMOUS_GTID -> announce(event, data);
      case QUERY -> query(event, (QueryEventData) required(data));
      case TABLE_MAP -> map((TableMapEventData) required(data));
      case TRANSACTION_PAYLOAD -> payload((TransactionPayloadEventData) required(data));
      case PARTIAL_UPDATE_ROWS_EVENT -> partialUpdate();
      case XA_PREPARE -> transactions.xaStarted();
      case WRITE_ROWS, EXT_WRITE_ROWS, UPDATE_ROWS, EXT_UPDATE_ROWS, DELETE_ROWS, EXT_DELETE_ROWS ->
          rows(event, data);
      default -> {}
    }
  }

  private void announce(Event event, @Nullable EventData data) {
    receiver.busy();
    long millis = event.getHeader().getTimestamp();
    if (data instanceof GtidEventData gtid) {
      transactions.announced(
          gtid.getMySqlGtid().toString(), micros(gtid.getOriginalCommitTimestamp(), millis));
    } else if (data instanceof GtidTaggedEventData gtid) {
      transactions.announced(
          gtid.getMySqlGtid().toString(), micros(gtid.getOriginalCommitTimestamp(), millis));
    } else {
      transactions.announced(null, millis * 1000);
    }
  }

  private static long micros(long commitMicros, long eventMillis) {
    return commitMicros > 0 ? commitMicros : eventMillis * 1000;
  }

  private void query(Event event, QueryEventData query) {
    receiver.busy();
    transactions.timed(event.getHeader().getTimestamp());
    String sql = query.getSql().trim();
    String start = sql.substring(0, Math.min(sql.length(), 16)).toUpperCase(Locale.ROOT);
    if (start.startsWith("XA START")) {
      transactions.xaStarted();
    } else if (!start.startsWith("BEGIN") && !start.startsWith("COMMIT")) {
      statements.check(query.getDatabase(), sql);
      transactions.statementDone();
    }
  }

  private void map(TableMapEventData map) {
    tables.put(map.getTableId(), map);
  }

  private void payload(TransactionPayloadEventData payload) {
    for (Event inner : payload.getUncompressedEvents()) {
      if (inner.getHeader().getEventType() != EventType.QUERY) {
        look(inner);
      }
    }
  }

  /** Rows from before the load of their table are part of it, whatever structure they have. */
  private void rows(Event event, @Nullable EventData data) {
    if (data instanceof WriteRowsEventData rows) {
      if (isLoaded(rows.getTableId())) {
        rows.setRows(List.of());
      }
      complete(rows.getTableId(), rows.getIncludedColumns());
    } else if (data instanceof UpdateRowsEventData rows) {
      if (isLoaded(rows.getTableId())) {
        rows.setRows(List.of());
      }
      complete(rows.getTableId(), rows.getIncludedColumnsBeforeUpdate());
      complete(rows.getTableId(), rows.getIncludedColumns());
    } else if (data instanceof DeleteRowsEventData rows) {
      if (isLoaded(rows.getTableId())) {
        rows.setRows(List.of());
      }
      complete(rows.getTableId(), rows.getIncludedColumns());
    }
    if (event.getHeader() instanceof EventHeaderV4 header) {
      receiver.eventBytes(header.getEventLength());
    }
  }

  private boolean isLoaded(long tableId) {
    TableMapEventData map = loaded.isEmpty() ? null : tables.get(tableId);
    return map != null
        && loaded.covers(
            new TableName(map.getDatabase(), map.getTable()),
            transactions.gtid(),
            client.getBinlogFilename(),
            end);
  }

  /**
   * A session may leave columns out of its row images at any time. Hidden columns of functional
   * indexes are in the map and never in an image.
   */
  private void complete(long tableId, BitSet columns) {
    TableMapEventData map = tables.get(tableId);
    if (map == null || columns.cardinality() == map.getColumnTypes().length || isLoaded(tableId)) {
      return;
    }
    TableName table = new TableName(map.getDatabase(), map.getTable());
    StreamTable known = lane.includes(table) ? dispatcher.known(table) : null;
    if (known != null && columns.nextClearBit(0) != known.schema().columns().size()) {
      throw new SourceException(
          "A session wrote to table "
              + table
              + " with binlog_row_image other than FULL, so that its row images lack columns",
          "Forbid sessions to set binlog_row_image, then load the table again");
    }
  }

  private void partialUpdate() {
    throw new SourceException(
        "A session wrote with binlog_row_value_options=PARTIAL_JSON, so that the binlog holds only parts of JSON values",
        "Forbid sessions to set binlog_row_value_options, then load the tables with JSON columns again");
  }

  private static EventData required(@Nullable EventData data) {
    return Objects.requireNonNull(data, "an event without its data");
  }

  private static @Nullable EventData unwrap(Event event) {
    EventData data = event.getData();
    return data instanceof EventDeserializer.EventDataWrapper wrapper
        ? wrapper.getInternal()
        : data;
  }

  /**
   * A lost connection is a failure of the lane; the pipeline starts a new lane from the last
   * commit.
   */
  private static final class Disconnects extends BinaryLogClient.AbstractLifecycleListener {
    private final LaneContext lane;

    Disconnects(LaneContext lane) {
      this.lane = lane;
    }

    @Override
    public void onCommunicationFailure(BinaryLogClient client, Exception cause) {
      lane.fail(LaneFailures.explain(cause));
    }

    /** Also when the server ends the connection in order, which no exception tells. */
    @Override
    public void onDisconnect(BinaryLogClient client) {
      lane.disconnected();
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient client, Exception cause) {
      lane.fail(LaneFailures.explain(cause));
    }
  }
}
