package io.sluice.cdc.bench.child;

import java.io.IOException;
import java.util.Properties;

/** Debezium's engine over the backlog, from the noted position, into an empty consumer. */
final class DebeziumStream implements Job {
  @Override
  public void run(Settings settings, Meter meter) throws InterruptedException, IOException {
    Properties properties = Debezium.properties(settings);
    Debezium.stateIn(properties, settings.text("folder"));
    properties.setProperty("snapshot.mode", "no_data");
    Debezium.drain(properties, settings.number("expected"), meter);
  }
}
