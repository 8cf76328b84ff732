package io.sluice.cdc.bench.child;

import java.io.IOException;
import java.util.Properties;

/** Debezium's own snapshot of all tables into an empty consumer. */
final class DebeziumSnapshot implements Job {
  @Override
  public void run(Settings settings, Meter meter) throws InterruptedException, IOException {
    Properties properties = Debezium.properties(settings);
    Debezium.stateInMemory(properties);
    properties.setProperty("snapshot.mode", "initial");
    Debezium.drain(properties, settings.number("expected"), meter);
  }
}
