package io.sluice.cdc.bench.child;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Debezium's engine as a user would embed it, with the choices that make it fast and lose nothing:
 * records stay Java objects, batches and queue are four times the default, no tombstones.
 */
final class Debezium {
  private static final String MAX_BATCH_ROWS = "8192";
  private static final String MAX_QUEUE_ROWS = "32768";

  private Debezium() {}

  static Properties properties(Settings s) {
    Properties p = new Properties();
    p.setProperty("name", "bench");
    p.setProperty("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    p.setProperty("topic.prefix", "bench");
    p.setProperty("database.hostname", s.text("host"));
    p.setProperty("database.port", s.text("port"));
    p.setProperty("database.user", s.text("user"));
    p.setProperty("database.password", s.text("password"));
    p.setProperty("database.server.id", "7701");
    p.setProperty("database.ssl.mode", s.tls() ? "required" : "disabled");
    p.setProperty("driver.allowPublicKeyRetrieval", "true");
    p.setProperty("database.include.list", s.database());
    p.setProperty("tombstones.on.delete", "false");
    p.setProperty("include.schema.changes", "false");
    p.setProperty("max.batch.size", MAX_BATCH_ROWS);
    p.setProperty("max.queue.size", MAX_QUEUE_ROWS);
    return p;
  }

  static void stateIn(Properties p, String folder) {
    p.setProperty("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
    p.setProperty("offset.storage.file.filename", folder + "/offsets");
    p.setProperty("schema.history.internal", "io.debezium.storage.file.history.FileSchemaHistory");
    p.setProperty("schema.history.internal.file.filename", folder + "/history");
  }

  static void stateInMemory(Properties p) {
    p.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    p.setProperty("schema.history.internal", "io.debezium.relational.history.MemorySchemaHistory");
  }

  /**
   * Runs the engine into an empty consumer until it has handed over this many records, then
   * measures; returns their number.
   */
  static void drain(Properties properties, long expected, Meter meter)
      throws InterruptedException, IOException {
    Empty consumer = new Empty(expected, meter);
    CompletableFuture<String> failure = new CompletableFuture<>();
    meter.begin();
    DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine =
        DebeziumEngine.create(Connect.class)
            .using(properties)
            .using(
                (success, message, error) -> {
                  failure.complete(message + " " + error);
                  consumer.done.countDown();
                })
            .notifying(consumer)
            .build();
    Thread thread = new Thread(engine, "engine");
    thread.setDaemon(true);
    thread.start();
    consumer.done.await();
    if (consumer.count < expected) {
      throw new IllegalStateException("Debezium ended early: " + failure.join());
    }
    meter.end(consumer.count);
    close(engine);
  }

  private static void close(DebeziumEngine<?> engine) throws IOException {
    try {
      engine.close();
    } catch (IllegalStateException e) {
      // It is ending by itself already; what was to be measured has been.
    }
  }

  /** Counts records and forgets them. Called by one thread; the count is read when it is done. */
  private static final class Empty
      implements DebeziumEngine.ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>> {
    private final long expected;
    private final Meter meter;
    private final CountDownLatch done = new CountDownLatch(1);
    private long count;

    Empty(long expected, Meter meter) {
      this.expected = expected;
      this.meter = meter;
    }

    @Override
    public void handleBatch(
        List<ChangeEvent<SourceRecord, SourceRecord>> records,
        DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
        throws InterruptedException {
      if (count == 0) {
        meter.started();
      }
      count += records.size();
      committer.markProcessed(records.get(records.size() - 1));
      committer.markBatchFinished();
      if (count >= expected) {
        done.countDown();
      }
    }
  }
}
