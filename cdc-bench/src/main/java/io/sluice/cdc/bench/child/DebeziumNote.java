package io.sluice.cdc.bench.child;

import java.io.IOException;
import java.util.Properties;

/**
 * Lets Debezium note its position and the structures of the tables in a folder, before a backlog is
 * written.
 */
final class DebeziumNote implements Job {
  @Override
  public void run(Settings settings, Meter meter) throws InterruptedException, IOException {
    Properties properties = Debezium.properties(settings);
    Debezium.stateIn(properties, settings.text("folder"));
    properties.setProperty("snapshot.mode", "no_data");
    properties.setProperty("offset.flush.interval.ms", "0");
    // The position is written with a record; a heartbeat is one.
    properties.setProperty("heartbeat.interval.ms", "200");
    Debezium.drain(properties, 2, meter);
  }
}
