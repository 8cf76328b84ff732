package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.binlog.BinlogEventMetadataProvider;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.MySqlChangeEventSourceFactory;
import io.debezium.connector.mysql.MySqlChangeEventSourceMetricsFactory;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSourceMetrics;
import io.debezium.connector.mysql.MySqlTaskContext;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.source.spi.StreamingChangeEventSource;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.util.Clock;

/** Debezium's sources, but for the one that streams. */
final class LaneSourceFactory extends MySqlChangeEventSourceFactory {
  private final Parts parts;
  private final MySqlStreamingChangeEventSourceMetrics metrics;
  private final LaneContext lane;

  /** What every source is made of. */
  record Parts(
      MySqlConnectorConfig config,
      MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections,
      ErrorHandler errorHandler,
      LaneDispatcher dispatcher,
      Clock clock,
      LaneSchema schema,
      MySqlTaskContext taskContext,
      ChangeEventQueue<DataChangeEvent> queue,
      SnapshotterService snapshotters,
      BinaryLogClient client,
      BinlogEventMetadataProvider metadata) {

    MySqlStreamingChangeEventSourceMetrics newMetrics() {
      return new MySqlStreamingChangeEventSourceMetrics(
          taskContext, queue, metadata, schema::dataCollectionIds, client);
    }
  }

  LaneSourceFactory(Parts parts, LaneContext lane) {
    this(parts, parts.newMetrics(), lane);
  }

  private LaneSourceFactory(
      Parts parts, MySqlStreamingChangeEventSourceMetrics metrics, LaneContext lane) {
    super(
        parts.config,
        parts.connections,
        parts.errorHandler,
        parts.dispatcher,
        parts.clock,
        parts.schema,
        parts.taskContext,
        metrics,
        parts.queue,
        parts.snapshotters,
        parts.client);
    this.parts = parts;
    this.metrics = metrics;
    this.lane = lane;
  }

  MySqlChangeEventSourceMetricsFactory metricsFactory() {
    return new MySqlChangeEventSourceMetricsFactory(metrics);
  }

  @Override
  public StreamingChangeEventSource<MySqlPartition, MySqlOffsetContext>
      getStreamingChangeEventSource() {
    parts.queue.disableBuffering();
    return new LaneStreamingSource(parts, metrics, lane);
  }
}
