package io.sluice.cdc.bench.child;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The bare binlog client over the backlog, from the noted position: rows are decoded, counted and
 * forgotten.
 */
final class BinlogClientStream implements Job {
  private static final long CONNECT_TIMEOUT_MILLIS = 30_000;
  private static final long TIMEOUT_MINUTES = 30;

  private final CountDownLatch done = new CountDownLatch(1);
  private long rows;

  @Override
  public void run(Settings s, Meter meter)
      throws IOException, InterruptedException, TimeoutException {
    long expected = s.number("expected");
    meter.begin();
    BinaryLogClient client =
        new BinaryLogClient(s.text("host"), s.integer("port"), s.text("user"), s.text("password"));
    client.setServerId(7702);
    client.setKeepAlive(false);
    client.setSSLMode(s.tls() ? SSLMode.REQUIRED : SSLMode.DISABLED);
    client.setBinlogFilename(s.text("binlogFile"));
    client.setBinlogPosition(s.number("binlogPosition"));
    client.registerEventListener(event -> take(event, expected));
    client.connect(CONNECT_TIMEOUT_MILLIS);
    if (!done.await(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException(
          "The binlog client saw " + rows + " of " + expected + " rows");
    }
    meter.end(rows);
    client.disconnect();
  }

  private void take(Event event, long expected) {
    rows += rows(event.getData());
    if (rows >= expected) {
      done.countDown();
    }
  }

  private static long rows(@Nullable EventData data) {
    if (data instanceof WriteRowsEventData write) {
      return write.getRows().size();
    }
    if (data instanceof UpdateRowsEventData update) {
      return update.getRows().size();
    }
    return data instanceof DeleteRowsEventData delete ? delete.getRows().size() : 0;
  }
}
