package io.sluice.cdc.internal.binlog;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.binlog.BinlogChangeRecordEmitter;
import io.debezium.connector.binlog.BinlogEventMetadataProvider;
import io.debezium.connector.binlog.BinlogOffsetContext;
import io.debezium.connector.common.DebeziumHeaderProducer;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.data.Envelope;
import io.debezium.heartbeat.HeartbeatFactory;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.pipeline.spi.ChangeRecordEmitter;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.txmetadata.TransactionInfo;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.TableName;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where rows leave Debezium: takes the column values as the binlog client decoded them, instead of
 * making records of them. Only used by the reader's thread, but while structures are read at the
 * first start.
 */
final class LaneDispatcher extends EventDispatcher<MySqlPartition, TableId>
    implements Supplier<StreamPosition> {
  private static final MethodHandle OLD_VALUES = accessor("getOldColumnValues");
  private static final MethodHandle NEW_VALUES = accessor("getNewColumnValues");

  private final LaneSchema schema;
  private final StreamTables tables;
  private final LaneContext lane;
  private final ChangeReceiver receiver;
  private final Map<TableId, StreamTable> known = new HashMap<>();
  private final TransactionTracker transactions = new TransactionTracker();
  private @Nullable OffsetContext lastOffset;
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
    this.lane = lane;
    this.receiver = lane.receiver();
    this.tables = new StreamTables(lane.source(), lane.types(), lane.invalidDates());
  }

  /** What the raw events have told of the current transaction. */
  TransactionTracker transactions() {
    return transactions;
  }

  @Override
  public boolean dispatchDataChangeEvent(
      MySqlPartition partition, TableId id, ChangeRecordEmitter<MySqlPartition> emitter)
      throws InterruptedException {
    try {
      StreamTable table = table(id);
      if (table == null) {
        return false;
      }
      BinlogOffsetContext<?> offset = (BinlogOffsetContext<?>) emitter.getOffset();
      lastOffset = offset;
      String file = offset.getSource().binlogFilename();
      long position = offset.getSource().binlogPosition();
      Envelope.Operation operation = emitter.getOperation();
      transactions.requireOpen(table.name());
      receiver.change(
          table,
          operation(operation),
          (Object[]) OLD_VALUES.invokeExact((BinlogChangeRecordEmitter<?>) emitter),
          (Object[]) NEW_VALUES.invokeExact((BinlogChangeRecordEmitter<?>) emitter),
          file,
          position,
          this);
      return true;
    } catch (InterruptedException e) {
      lane.stop();
      lane.fail(e);
      throw e;
    } catch (CdcException e) {
      lane.fail(e);
      throw e;
    } catch (Throwable e) {
      lane.fail(e);
      throw new IllegalStateException("A row of " + id + " could not be taken", e);
    }
  }

  @Override
  public void dispatchTransactionStartedEvent(
      MySqlPartition partition, TransactionInfo info, OffsetContext offset, Instant timestamp) {
    BinlogOffsetContext<?> context = (BinlogOffsetContext<?>) offset;
    transactions.opened();
    receiver.begin(
        transactions.current(
            context.getSource().binlogFilename(), context.getSource().binlogPosition()),
        transactions.gtid());
  }

  @Override
  public void dispatchTransactionCommittedEvent(
      MySqlPartition partition, OffsetContext offset, Instant timestamp) {
    transactions.closed();
  }

  /** Called after every event; between transactions the position is one to go on from. */
  @Override
  @Deprecated
  public void dispatchHeartbeatEvent(MySqlPartition partition, OffsetContext offset)
      throws InterruptedException {
    if (transactions.isOpen()) {
      return;
    }
    BinlogOffsetContext<?> context = (BinlogOffsetContext<?>) offset;
    try {
      receiver.idle(new StreamPosition(betweenTransactions(context)));
    } catch (InterruptedException e) {
      lane.stop();
      throw e;
    }
  }

  @Override
  public void dispatchFilteredEvent(MySqlPartition partition, OffsetContext offset) {
    // Rows of tables that are not included leave nothing behind.
  }

  @Override
  public void dispatchServerHeartbeatEvent(MySqlPartition partition, OffsetContext offset) {
    // The position is taken after every event, see dispatchHeartbeatEvent.
  }

  /** The position after the row that was dispatched last. */
  @Override
  public StreamPosition get() {
    return new StreamPosition(offsetMap(Objects.requireNonNull(lastOffset)));
  }

  /** Makes every included table known, so that one that cannot be carried stops the start. */
  void learnTables() throws InterruptedException {
    for (TableId id : schema.tableIds()) {
      if (tables.includes(id)) {
        table(id);
      }
    }
  }

  static Map<String, Object> offsetMap(OffsetContext offset) {
    Map<String, Object> map = new HashMap<>();
    offset.getOffset().forEach((key, value) -> map.put(String.valueOf(key), value));
    map.values().removeIf(Objects::isNull);
    return map;
  }

  /**
   * The offset after a complete transaction. After a statement that is a transaction by itself
   * (DDL) the engine's own offset does not yet count its GTID as done, so that it would be read
   * again.
   */
  private Map<String, Object> betweenTransactions(BinlogOffsetContext<?> context) {
    Map<String, Object> map = offsetMap(context);
    map.remove(BinlogOffsetContext.EVENTS_TO_SKIP_OFFSET_KEY);
    map.remove("row");
    if (!transactions.isPending() && context.gtidSet() != null) {
      map.put(BinlogOffsetContext.GTID_SET_KEY, context.gtidSet());
    }
    return map;
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

  private static Operation operation(Envelope.Operation operation) {
    return switch (operation) {
      case CREATE -> Operation.INSERT;
      case UPDATE -> Operation.UPDATE;
      case DELETE -> Operation.DELETE;
      default -> throw new IllegalStateException("the binlog has no operation " + operation);
    };
  }

  private static MethodHandle accessor(String name) {
    try {
      return MethodHandles.privateLookupIn(BinlogChangeRecordEmitter.class, MethodHandles.lookup())
          .findVirtual(
              BinlogChangeRecordEmitter.class, name, MethodType.methodType(Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
