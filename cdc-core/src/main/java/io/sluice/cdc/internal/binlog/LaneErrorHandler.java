package io.sluice.cdc.internal.binlog;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlErrorHandler;
import io.debezium.pipeline.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Tells the lane of a failure when it happens. The engine tells of it after it has stopped; by then
 * the closed connection would look like the cause.
 */
final class LaneErrorHandler extends MySqlErrorHandler {
  private final LaneContext lane;

  LaneErrorHandler(
      MySqlConnectorConfig config,
      ChangeEventQueue<?> queue,
      @Nullable ErrorHandler replaced,
      LaneContext lane) {
    super(config, queue, replaced);
    this.lane = lane;
  }

  @Override
  public void setProducerThrowable(Throwable failure) {
    lane.fail(failure);
    super.setProducerThrowable(failure);
  }
}
