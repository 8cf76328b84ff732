package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSource;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSourceMetrics;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.util.HashMap;
import java.util.Map;

/** Debezium's streaming source with our values, our raw listener and our reading of statements. */
final class LaneStreamingSource extends MySqlStreamingChangeEventSource {
  private final LaneContext lane;
  private final LaneDispatcher dispatcher;
  private final DdlHandler statements;
  private final TableMapCheck maps = new TableMapCheck();

  LaneStreamingSource(
      LaneSourceFactory.Parts parts,
      MySqlStreamingChangeEventSourceMetrics metrics,
      LaneContext lane) {
    super(
        parts.config(),
        parts.connections().mainConnection(),
        parts.dispatcher(),
        parts.errorHandler(),
        parts.clock(),
        parts.taskContext(),
        parts.schema(),
        metrics,
        parts.snapshotters(),
        parts.client());
    this.lane = lane;
    this.dispatcher = parts.dispatcher();
    this.statements = new DdlHandler(lane, parts.schema(), parts.dispatcher());
    Map<Long, TableMapEventData> tables = new HashMap<>();
    EventDeserializer deserializer = createEventDeserializer();
    RowsDeserializers.install(deserializer, tables);
    MySqlCharsets charsets = new MySqlCharsets(new MySqlConnections(lane.source()));
    TextDeserializers.install(deserializer, charsets);
    deserializer.setEventDataDeserializer(
        EventType.TRANSACTION_PAYLOAD, new PayloadDeserializer(tables, charsets));
    BinaryLogClient client = parts.client();
    client.setEventDeserializer(deserializer);
    client.registerEventListener(
        new RawEvents(lane, parts.dispatcher(), client, tables, statements.heldByLoad()));
  }

  @Override
  public void execute(
      ChangeEventSourceContext context, MySqlPartition partition, MySqlOffsetContext offset)
      throws InterruptedException {
    dispatcher.learnTables();
    statements.begin();
    lane.begun();
    super.execute(context, partition, offset);
  }

  @Override
  protected void handleQueryEvent(MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    QueryEventData query = unwrapData(event);
    try {
      if (!statements.handle(query, offset, end(event))) {
        super.handleQueryEvent(partition, offset, event);
      }
    } catch (CdcException e) {
      lane.fail(e);
      throw e;
    }
  }

  /** Tables that are not included get no number, so that their rows are passed over. */
  @Override
  protected void handleUpdateTableMetadata(
      MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    TableMapEventData map = unwrapData(event);
    TableName table = new TableName(map.getDatabase(), map.getTable());
    if (!lane.includes(table)) {
      return;
    }
    if (statements.heldByLoad().isAwaiting(table)) {
      return;
    }
    String file = offset.getSource().binlogFilename();
    String gtid = dispatcher.transactions().gtid();
    if (!statements.heldByLoad().covers(table, gtid, file, end(event))
        && !fits(map, table, offset)) {
      return;
    }
    super.handleUpdateTableMetadata(partition, offset, event);
  }

  /**
   * Whether the rows that follow fit what is known of the table; if not, they are not needed.
   *
   * @throws io.sluice.cdc.error.SourceException when the table was altered without the binlog
   */
  private boolean fits(TableMapEventData map, TableName table, MySqlOffsetContext offset)
      throws InterruptedException {
    String difference = maps.difference(map, dispatcher.known(table));
    if (difference.isEmpty()) {
      return true;
    }
    if (statements.misunderstood(table, difference, offset)) {
      return false;
    }
    CdcException e = TableMapCheck.failure(table, difference);
    lane.fail(e);
    throw e;
  }

  private static long end(Event event) {
    return event.getHeader() instanceof EventHeaderV4 header ? header.getNextPosition() : 0;
  }
}
