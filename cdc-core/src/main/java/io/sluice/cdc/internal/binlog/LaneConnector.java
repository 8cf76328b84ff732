package io.sluice.cdc.internal.binlog;

import io.debezium.connector.mysql.MySqlConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Debezium's MySQL connector with the row lane's task. Public because the engine makes it by name.
 */
public final class LaneConnector extends MySqlConnector {
  @Override
  public Class<? extends Task> taskClass() {
    return LaneTask.class;
  }
}
