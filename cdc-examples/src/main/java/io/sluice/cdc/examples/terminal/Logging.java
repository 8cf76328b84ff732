package io.sluice.cdc.examples.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
public final class Logging {
  private Logging() {}

  /** Also tells changes of state, not only what a person should act on. */
  public static void verbose() {
    level("io.sluice", Level.INFO);
    level("io.debezium", Level.INFO);
    level("org.apache.kafka", Level.WARN);
    level("com.github.shyiko", Level.INFO);
  }

  private static void level(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
