package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSource;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSourceMetrics;
import io.debezium.pipeline.ErrorHandler;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.time.Instant;

/**
 * Debezium's streaming source with our events, our values and our reading of statements. Debezium
 * finds the place to begin at, connects, and handles what {@link LaneEvents} leaves to it.
 */
final class LaneStreamingSource extends MySqlStreamingChangeEventSource {
  private final LaneContext lane;
  private final LaneDispatcher dispatcher;
  private final ErrorHandler errors;
  private final DdlHandler statements;
  private final LaneEvents events;

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
    this.errors = parts.errorHandler();
    this.statements = new DdlHandler(lane, parts.schema(), parts.dispatcher());
    this.events = new LaneEvents(lane, parts.dispatcher(), statements.fates());
    MySqlCharsets charsets = new MySqlCharsets(new MySqlConnections(lane.source()));
    parts.client().setEventDeserializer(new EventReader(charsets, this::awaitRoom));
    parts.client().registerLifecycleListener(new Disconnects(lane));
  }

  private void awaitRoom(long bytes) {
    try {
      lane.receiver().awaitRoom(bytes);
    } catch (InterruptedException e) {
      lane.stop();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void execute(
      ChangeEventSourceContext context, MySqlPartition partition, MySqlOffsetContext offset)
      throws InterruptedException {
    dispatcher.learnTables();
    statements.begin();
    events.begin(offset, countsGtids(), StreamPosition.of(lane.offset()).fileBegun());
    lane.begun();
    super.execute(context, partition, offset);
  }

  private boolean countsGtids() {
    return isGtidModeEnabled() && shouldRecoverUsingGtid();
  }

  @Override
  protected void initializeGtidSet(String value) {
    super.initializeGtidSet(value);
    if (countsGtids()) {
      dispatcher.transactions().count(GtidProgress.of(GtidSet.parse(value)));
    }
  }

  @Override
  protected void handleEvent(
      MySqlPartition partition,
      MySqlOffsetContext offset,
      ChangeEventSourceContext context,
      Event event) {
    lane.heard();
    if (lane.isOver()) {
      return; // the engine reads on for a moment
    }
    try {
      if (!events.take(event, offset)) {
        eventTimestamp = Instant.ofEpochMilli(event.getHeader().getTimestamp());
        super.handleEvent(partition, offset, context, event);
        events.handled(event);
      }
    } catch (InterruptedException e) {
      lane.stop();
      lane.fail(e);
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      errors.setProducerThrowable(e);
    }
  }

  /** What Debezium does here after each event serves its metrics. */
  @Override
  protected void onEvent(MySqlOffsetContext offset, Event event) {}

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

  private static long end(Event event) {
    return event.getHeader() instanceof EventHeaderV4 header ? header.getNextPosition() : 0;
  }
}
