package io.sluice.cdc.internal.binlog;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.binlog.BinlogEventMetadataProvider;
import io.debezium.connector.binlog.BinlogOffsetContext;
import io.debezium.connector.common.DebeziumHeaderProducer;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.heartbeat.HeartbeatFactory;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.pipeline.spi.ChangeRecordEmitter;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.txmetadata.TransactionInfo;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine would make records: tells the receiver of positions instead, and knows the
 * tables. Only used by the reader's thread, but while structures are read at the first start.
 */
final class LaneDispatcher extends EventDispatcher<MySqlPartition, TableId> {
  private final LaneSchema schema;
  private final StreamTables tables;
  private final ChangeReceiver receiver;
  private final Map<TableId, StreamTable> known = new HashMap<>();
  private final TransactionTracker transactions = new TransactionTracker();
  private final BinlogAge binlogAge = new BinlogAge();
  private @Nullable TableId lastId;
  private @Nullable StreamTable lastTable;

  LaneDispatcher(
      MySqlConnectorConfig config,
      TopicNamingStrategy<TableId> topics,
      LaneSchema schema,
      ChangeEventQueue<DataChangeEvent> queue,
      BinlogEventMetadataProvider metadata,
      LaneContext lane) {
    super(
        config,
        topics,
        schema,
        queue,
        config.getTableFilters().dataCollectionFilter(),
        DataChangeEvent::new,
        null,
        metadata,
        new HeartbeatFactory<>().getScheduledHeartbeat(config, null, null, queue),
        config.schemaNameAdjuster(),
        null,
        config.getServiceRegistry().tryGetService(DebeziumHeaderProducer.class));
    this.schema = schema;
    this.receiver = lane.receiver();
    this.tables = new StreamTables(lane.source(), lane.types(), lane.invalidDates());
  }

  /** What the raw events have told of the current file. */
  BinlogAge binlogAge() {
    return binlogAge;
  }

  /** What the raw events have told of the current transaction. */
  TransactionTracker transactions() {
    return transactions;
  }

  /** Rows do not come this way, see {@link LaneEvents}. */
  @Override
  public boolean dispatchDataChangeEvent(
      MySqlPartition partition, TableId id, ChangeRecordEmitter<MySqlPartition> emitter) {
    throw new IllegalStateException("the engine made a record of table " + id);
  }

  @Override
  public void dispatchTransactionStartedEvent(
      MySqlPartition partition, TransactionInfo info, OffsetContext offset, Instant timestamp) {
    opened((BinlogOffsetContext<?>) offset);
  }

  /** A transaction begins at the offset. */
  void opened(BinlogOffsetContext<?> offset) {
    transactions.opened();
    receiver.begin(
        transactions.current(
            offset.getSource().binlogFilename(), offset.getSource().binlogPosition()),
        transactions.gtid());
  }

  @Override
  public void dispatchTransactionCommittedEvent(
      MySqlPartition partition, OffsetContext offset, Instant timestamp) {
    transactions.closed();
  }

  /** Called after every event that the engine handles. */
  @Override
  @Deprecated
  public void dispatchHeartbeatEvent(MySqlPartition partition, OffsetContext offset)
      throws InterruptedException {
    if (transactions.isBetween()) {
      Map<String, ?> at = offset.getOffset();
      idle(String.valueOf(at.get("file")), position(at));
    }
  }

  /** Between two transactions the position is one to go on from. */
  void idle(String file, long position) throws InterruptedException {
    receiver.idle(StreamPosition.between(file, position, transactions.done(), binlogAge.millis()));
  }

  @Override
  public void dispatchFilteredEvent(MySqlPartition partition, OffsetContext offset) {
    // Rows of tables that are not included leave nothing behind.
  }

  @Override
  public void dispatchServerHeartbeatEvent(MySqlPartition partition, OffsetContext offset) {
    // The position is taken after every event, see dispatchHeartbeatEvent.
  }

  /** The position after the row that the offset tells, inside a transaction. */
  StreamPosition inside(BinlogOffsetContext<?> offset) {
    Map<String, ?> at = offset.getOffset();
    return StreamPosition.inside(
        String.valueOf(at.get("file")),
        position(at),
        transactions.done(),
        binlogAge.millis(),
        offset.eventsToSkipUponRestart(),
        offset.rowsToSkipUponRestart());
  }

  private static long position(Map<String, ?> at) {
    return at.get("pos") instanceof Number position ? position.longValue() : 0;
  }

  /** Makes every included table known, so that one that cannot be carried stops the start. */
  void learnTables() throws InterruptedException {
    for (TableId id : schema.tableIds()) {
      if (tables.includes(id)) {
        table(id);
      }
    }
  }

  /** The structure of the table has changed, or is not known any more. */
  void forget(TableName table) {
    known.remove(LaneSchema.id(table));
    lastId = null;
    lastTable = null;
  }

  /** The table as the stream knows it, or null when its structure is not known. */
  @Nullable StreamTable known(TableName table) {
    TableId id = LaneSchema.id(table);
    return schema.structure(table) == null ? null : table(id);
  }

  private @Nullable StreamTable table(TableId id) {
    if (id.equals(lastId)) {
      return lastTable;
    }
    StreamTable table = known.get(id);
    if (table == null && tables.includes(id)) {
      Table structure = schema.tableFor(id);
      if (structure == null) {
        throw new SourceException(
            "The structure of table " + StreamTables.name(id) + " is not known",
            "Load the table again (reload), or exclude it");
      }
      table = tables.of(structure);
      known.put(id, table);
    }
    lastId = id;
    lastTable = table;
    return table;
  }
}
