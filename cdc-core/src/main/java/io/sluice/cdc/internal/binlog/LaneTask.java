package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.DebeziumException;
import io.debezium.bean.StandardBeanNames;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.config.Configuration;
import io.debezium.config.Field;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.base.QueueProviderService;
import io.debezium.connector.binlog.BinlogEventMetadataProvider;
import io.debezium.connector.binlog.BinlogSourceTask;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.mysql.Module;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlTaskContext;
import io.debezium.connector.mysql.jdbc.MySqlConnection;
import io.debezium.connector.mysql.jdbc.MySqlConnectionConfiguration;
import io.debezium.connector.mysql.jdbc.MySqlFieldReaderResolver;
import io.debezium.connector.mysql.jdbc.MySqlValueConverters;
import io.debezium.document.DocumentReader;
import io.debezium.jdbc.DefaultMainConnectionProvidingConnectionFactory;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.signal.SignalProcessor;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.relational.TableId;
import io.debezium.schema.SchemaFactory;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.debezium.util.Clock;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the parts of Debezium's MySQL task with our dispatcher and streaming source among them.
 * Its queue carries no rows, only failures to the engine. Public because the engine makes it by
 * name.
 */
public final class LaneTask extends BinlogSourceTask<MySqlPartition, MySqlOffsetContext> {
  private @Nullable MySqlConnectorConfig config;
  private @Nullable MySqlTaskContext taskContext;
  private volatile @Nullable ChangeEventQueue<DataChangeEvent> queue;
  private volatile @Nullable BinlogConnectorConnection connection;
  private volatile @Nullable BinlogConnectorConnection beanConnection;
  private volatile @Nullable ErrorHandler errorHandler;
  private volatile @Nullable LaneSchema schema;

  @Override
  public String version() {
    return Module.version();
  }

  @Override
  protected String connectorName() {
    return Module.name();
  }

  @Override
  public CdcSourceTaskContext<? extends CommonConnectorConfig> preStart(
      Configuration configuration) {
    config = new MySqlConnectorConfig(configuration);
    taskContext = new MySqlTaskContext(configuration, config);
    return taskContext;
  }

  @Override
  public ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext> start(
      Configuration configuration) {
    MySqlConnectorConfig connector = java.util.Objects.requireNonNull(config);
    MySqlTaskContext context = java.util.Objects.requireNonNull(taskContext);
    LaneContext lane = LaneContext.of(configuration.getString(LaneContext.PROPERTY));

    TopicNamingStrategy<TableId> topics =
        connector.getTopicNamingStrategy(CommonConnectorConfig.TOPIC_NAMING_STRATEGY);
    MySqlValueConverters converters = converters(connector);
    MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections =
        new DefaultMainConnectionProvidingConnectionFactory<>(
            () -> connect(configuration, connector));
    BinlogConnectorConnection main = connections.mainConnection();
    connection = main;
    Offsets<MySqlPartition, MySqlOffsetContext> offsets = offsets(connector, lane);

    registerServiceProviders(connector.getServiceRegistry());
    LaneSchema tables =
        new LaneSchema(connector, converters, topics, main.isTableIdCaseSensitive(), context, lane);
    schema = tables;
    registerBeans(configuration, connector, context, connections, converters, tables, offsets);

    SnapshotterService snapshotters =
        connector.getServiceRegistry().tryGetService(SnapshotterService.class);
    validateBinlogConfiguration(snapshotters.getSnapshotter(), main);
    validateSchemaHistory(
        connector, main::validateLogPosition, offsets, tables, snapshotters.getSnapshotter());
    lane.lowerCaseNames(keepsLowerCase(main));
    noAutoCommit(main);

    ChangeEventQueue<DataChangeEvent> failures = queue(connector, context);
    queue = failures;
    errorHandler = new LaneErrorHandler(connector, failures, errorHandler, lane);
    return coordinate(
        connector, context, lane, topics, connections, offsets, tables, snapshotters, failures);
  }

  private ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext> coordinate(
      MySqlConnectorConfig connector,
      MySqlTaskContext context,
      LaneContext lane,
      TopicNamingStrategy<TableId> topics,
      MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections,
      Offsets<MySqlPartition, MySqlOffsetContext> offsets,
      LaneSchema tables,
      SnapshotterService snapshotters,
      ChangeEventQueue<DataChangeEvent> failures) {
    BinlogEventMetadataProvider metadata = new BinlogEventMetadataProvider();
    SignalProcessor<MySqlPartition, MySqlOffsetContext> signals =
        new SignalProcessor<>(
            LaneConnector.class,
            connector,
            Map.of(),
            List.of(),
            DocumentReader.defaultReader(),
            offsets);
    LaneDispatcher dispatcher =
        new LaneDispatcher(connector, topics, tables, failures, metadata, lane);
    BinaryLogClient client = new LaneClient(connector);
    LaneSourceFactory sources =
        new LaneSourceFactory(
            new LaneSourceFactory.Parts(
                connector,
                connections,
                java.util.Objects.requireNonNull(errorHandler),
                dispatcher,
                Clock.system(),
                tables,
                context,
                failures,
                snapshotters,
                client,
                metadata),
            lane);
    NotificationService<MySqlPartition, MySqlOffsetContext> notifications =
        new NotificationService<>(
            getNotificationChannels(),
            connector,
            SchemaFactory.get(),
            dispatcher::enqueueNotification);
    ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext> coordinator =
        new ChangeEventSourceCoordinator<>(
            offsets,
            java.util.Objects.requireNonNull(errorHandler),
            LaneConnector.class,
            connector,
            sources,
            sources.metricsFactory(),
            dispatcher,
            tables,
            signals,
            notifications,
            snapshotters);
    coordinator.start(context, failures, metadata);
    return coordinator;
  }

  private void registerBeans(
      Configuration configuration,
      MySqlConnectorConfig connector,
      MySqlTaskContext context,
      MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections,
      MySqlValueConverters converters,
      LaneSchema tables,
      Offsets<MySqlPartition, MySqlOffsetContext> offsets) {
    BinlogConnectorConnection own = connections.newConnection();
    beanConnection = own;
    connector.getBeanRegistry().add(StandardBeanNames.CONFIGURATION, configuration);
    connector.getBeanRegistry().add(StandardBeanNames.CONNECTOR_CONFIG, connector);
    connector.getBeanRegistry().add(StandardBeanNames.DATABASE_SCHEMA, tables);
    connector.getBeanRegistry().add(StandardBeanNames.JDBC_CONNECTION, own);
    connector.getBeanRegistry().add(StandardBeanNames.VALUE_CONVERTER, converters);
    connector.getBeanRegistry().add(StandardBeanNames.OFFSETS, offsets);
    connector.getBeanRegistry().add(StandardBeanNames.CDC_SOURCE_TASK_CONTEXT, context);
  }

  private static Offsets<MySqlPartition, MySqlOffsetContext> offsets(
      MySqlConnectorConfig connector, LaneContext lane) {
    MySqlPartition partition =
        new MySqlPartition.Provider(connector, connector.getConfig())
            .getPartitions()
            .iterator()
            .next();
    MySqlOffsetContext offset = new MySqlOffsetContext.Loader(connector).load(lane.offset());
    return Offsets.of(partition, offset);
  }

  private static MySqlConnection connect(
      Configuration configuration, MySqlConnectorConfig connector) {
    return new MySqlConnection(
        new MySqlConnectionConfiguration(configuration),
        MySqlFieldReaderResolver.resolve(connector));
  }

  private static boolean keepsLowerCase(BinlogConnectorConnection connection) {
    try {
      return connection.queryAndMap(
          "SELECT @@GLOBAL.lower_case_table_names", r -> r.next() && r.getInt(1) == 1);
    } catch (SQLException e) {
      throw new DebeziumException("The connection to MySQL was lost at the start", e);
    }
  }

  private static void noAutoCommit(BinlogConnectorConnection connection) {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new DebeziumException("The connection to MySQL was lost at the start", e);
    }
  }

  private static ChangeEventQueue<DataChangeEvent> queue(
      MySqlConnectorConfig connector, MySqlTaskContext context) {
    return new ChangeEventQueue.Builder<DataChangeEvent>()
        .pollInterval(connector.getPollInterval())
        .maxBatchSize(connector.getMaxBatchSize())
        .maxQueueSize(connector.getMaxQueueSize())
        .maxQueueSizeInBytes(connector.getMaxQueueSizeInBytes())
        .queueProvider(
            connector
                .getServiceRegistry()
                .tryGetService(QueueProviderService.class)
                .getQueueProvider())
        .loggingContextSupplier(() -> context.configureLoggingContext("sluice"))
        .buffering()
        .build();
  }

  private static MySqlValueConverters converters(MySqlConnectorConfig connector) {
    return new MySqlValueConverters(
        connector.getDecimalMode(),
        connector.getTemporalPrecisionMode(),
        connector.getBigIntUnsignedHandlingMode().asBigIntUnsignedMode(),
        connector.binaryHandlingMode(),
        x -> x,
        connector.getEventConvertingFailureHandlingMode(),
        connector.getServiceRegistry());
  }

  @Override
  protected List<SourceRecord> doPoll() throws InterruptedException {
    return pollRecords(java.util.Objects.requireNonNull(queue));
  }

  @Override
  protected Optional<ErrorHandler> getErrorHandler() {
    return Optional.ofNullable(errorHandler);
  }

  @Override
  protected void doStop() {
    close(connection);
    close(beanConnection);
    LaneSchema tables = schema;
    if (tables != null) {
      tables.close();
    }
    ChangeEventQueue<DataChangeEvent> failures = queue;
    if (failures != null) {
      failures.close();
    }
  }

  private static void close(@Nullable BinlogConnectorConnection open) {
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // The connection is gone, which is what closing wants.
        org.slf4j.LoggerFactory.getLogger(LaneTask.class).debug("Closing a connection failed", e);
      }
    }
  }

  @Override
  protected Iterable<Field> getAllConfigurationFields() {
    return MySqlConnectorConfig.ALL_FIELDS;
  }
}
