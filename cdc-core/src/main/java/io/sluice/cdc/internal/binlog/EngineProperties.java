package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/** The engine's configuration. Each setting that is not obvious has its reason beside it. */
final class EngineProperties {
  private static final long DRAWN_ID_BASE = 1L << 30;

  private EngineProperties() {}

  static Properties of(String pipeline, String lane, SourceConfig source) {
    Properties p = new Properties();
    p.setProperty("name", "sluice-" + pipeline);
    p.setProperty("connector.class", LaneConnector.class.getName());
    p.setProperty(LaneContext.PROPERTY, lane);
    p.setProperty("topic.prefix", pipeline);
    // Two engines of one pipeline may meet in a JVM for a moment; without a tag they would wait for
    // each other's MBeans.
    p.setProperty("custom.metric.tags", "lane=" + lane);
    p.setProperty("database.hostname", source.host());
    p.setProperty("database.port", Integer.toString(source.port()));
    p.setProperty("database.user", source.user());
    p.setProperty("database.password", source.password());
    p.setProperty("database.server.id", Long.toString(serverId(source)));
    p.setProperty("database.ssl.mode", source.tls().name().toLowerCase(Locale.ROOT));
    if (source.tls() == TlsMode.DISABLED) {
      p.setProperty("driver.allowPublicKeyRetrieval", "true");
    }
    p.setProperty("connect.timeout.ms", Long.toString(source.connectTimeout().toMillis()));
    p.setProperty("table.include.list", include(source));
    state(p, lane);
    truth(p);
    connection(p);
    return p;
  }

  /** State is in our commits; the engine's own stores hold nothing. */
  private static void state(Properties p, String lane) {
    p.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
    p.setProperty("offset.flush.interval.ms", "86400000");
    p.setProperty("schema.history.internal", LaneSchemaHistory.class.getName());
    p.setProperty(LaneContext.HISTORY_PROPERTY, lane);
    // Only included tables are followed. One that is renamed into them (gh-ost, pt-osc) is loaded,
    // with its structure as the server tells it.
    p.setProperty("schema.history.internal.store.only.captured.tables.ddl", "true");
    // Never needed: structures and position are known before the engine starts.
    p.setProperty("snapshot.mode", "no_data");
    p.setProperty("snapshot.locking.mode", "none");
  }

  /** Nothing is skipped and nothing is bent. */
  private static void truth(Properties p) {
    p.setProperty("skipped.operations", "none");
    p.setProperty("enable.time.adjuster", "false");
    p.setProperty("include.schema.changes", "false");
    p.setProperty("tombstones.on.delete", "false");
    p.setProperty("inconsistent.schema.handling.mode", "fail");
    p.setProperty("event.processing.failure.handling.mode", "fail");
    p.setProperty("errors.max.retries", "0");
  }

  private static void connection(Properties p) {
    // A reconnect inside the client would read the current transaction again from its start; we
    // start anew from the last commit.
    p.setProperty("connect.keep.alive", "false");
    p.setProperty("connect.keep.alive.interval.ms", "10000");
    // The reader may be held back for a long time while the store is away.
    p.setProperty("binlog.net.write.timeout", "3600");
    p.setProperty("use.nongraceful.disconnect", "true");
    p.setProperty("poll.interval.ms", "50");
    p.setProperty("task.management.timeout.ms", "15000");
  }

  /**
   * Debezium matches without regard to case and knows no quoting: this list may match more than is
   * meant, the dispatcher is exact.
   */
  private static String include(SourceConfig source) {
    return source.include().stream()
        .map(p -> p.databaseRegex() + "\\." + p.tableRegex())
        .map(regex -> regex.replace(",", "\\x2C")) // a comma would part the list
        .collect(Collectors.joining(","));
  }

  /**
   * Unless one is given it is drawn at random: two processes of one pipeline must not throw each
   * other's connections out.
   */
  private static long serverId(SourceConfig source) {
    return source.serverId() != 0
        ? source.serverId()
        : ThreadLocalRandom.current().nextLong(DRAWN_ID_BASE, 2 * DRAWN_ID_BASE);
  }
}
