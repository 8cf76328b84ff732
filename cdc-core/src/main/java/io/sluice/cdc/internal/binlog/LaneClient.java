package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import com.github.shyiko.mysql.binlog.jmx.BinaryLogClientStatistics;
import com.github.shyiko.mysql.binlog.network.protocol.PacketChannel;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import java.io.IOException;
import java.lang.reflect.Field;

/**
 * The binlog client without what it does for each event and nobody here needs: a set of GTIDs of
 * its own, for reconnecting by itself (a lost connection ends our run instead), and statistics.
 * Reads the connection through {@link JoinedPackets}, which also spares a call of the TLS socket
 * for every byte.
 */
final class LaneClient extends BinaryLogClient {
  LaneClient(MySqlConnectorConfig config) {
    super(config.getHostName(), config.getPort(), config.getUserName(), config.getPassword());
  }

  @Override
  protected void requestBinaryLogStream() throws IOException {
    super.requestBinaryLogStream();
    try {
      Field stream = PacketChannel.class.getDeclaredField("inputStream");
      stream.setAccessible(true);
      stream.set(channel, new ByteArrayInputStream(new JoinedPackets(channel.getInputStream())));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another binlog client than this was built for", e);
    }
  }

  @Override
  protected void updateGtidSet(Event event) {}

  /** Would read the events that {@link #updateGtidSet} looks at a second time. */
  @Override
  protected void ensureGtidEventDataDeserializer() {}

  @Override
  public void registerEventListener(EventListener listener) {
    if (!(listener instanceof BinaryLogClientStatistics)) {
      super.registerEventListener(listener);
    }
  }
}
