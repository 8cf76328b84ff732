package io.sluice.cdc.internal.binlog;

import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/**
 * Debezium's MySQL connector with the row lane's task. Public because the engine makes it by name.
 */
public final class LaneConnector extends MySqlConnector {
  @Override
  public Class<? extends Task> taskClass() {
    return LaneTask.class;
  }

  /**
   * Left out: the server was looked at before, and a connection that is lost here would be told as
   * a wrong setting, after which nothing is tried again.
   */
  @Override
  protected void validateConnection(Map<String, ConfigValue> values, Configuration config) {}
}
