package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;

/**
 * Tells the lane that its connection is lost; the pipeline starts a new lane from the last commit.
 */
final class Disconnects extends BinaryLogClient.AbstractLifecycleListener {
  private final LaneContext lane;

  Disconnects(LaneContext lane) {
    this.lane = lane;
  }

  @Override
  public void onCommunicationFailure(BinaryLogClient client, Exception cause) {
    lane.fail(LaneFailures.explain(cause));
  }

  /** Also when the server ends the connection in order, which no exception tells. */
  @Override
  public void onDisconnect(BinaryLogClient client) {
    lane.disconnected();
  }

  @Override
  public void onEventDeserializationFailure(BinaryLogClient client, Exception cause) {
    lane.fail(LaneFailures.unreadable(cause));
  }
}
