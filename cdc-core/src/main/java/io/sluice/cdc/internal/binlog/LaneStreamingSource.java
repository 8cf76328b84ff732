package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSource;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSourceMetrics;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Debezium's streaming source with our values and our raw listener, that waits for the lane's gate
 * before it connects: structures and start position are known then, tables are loaded meanwhile.
 */
final class LaneStreamingSource extends MySqlStreamingChangeEventSource {
  private final LaneContext lane;
  private final LaneDispatcher dispatcher;

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
    Map<Long, TableMapEventData> tables = new HashMap<>();
    EventDeserializer deserializer = createEventDeserializer();
    RowsDeserializers.install(deserializer, tables);
    MySqlCharsets charsets = new MySqlCharsets(new MySqlConnections(lane.source()));
    TextDeserializers.install(deserializer, charsets);
    deserializer.setEventDataDeserializer(
        EventType.TRANSACTION_PAYLOAD, new PayloadDeserializer(tables, charsets));
    BinaryLogClient client = parts.client();
    client.setEventDeserializer(deserializer);
    client.registerEventListener(new RawEvents(lane, parts.dispatcher(), client, tables));
  }

  @Override
  public void execute(
      ChangeEventSourceContext context, MySqlPartition partition, MySqlOffsetContext offset)
      throws InterruptedException {
    dispatcher.learnTables();
    lane.readyAt(new StreamPosition(LaneDispatcher.offsetMap(getOffsetContext())));
    while (!lane.gate().await(50, TimeUnit.MILLISECONDS)) {
      if (!context.isRunning()) {
        return;
      }
    }
    super.execute(context, partition, offset);
  }
}
