package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.event.TableName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one running lane share. The engine makes connector, task and schema history by
 * name, so they find their lane here by the id in their configuration.
 */
final class LaneContext {
  static final String PROPERTY = "sluice.lane";
  static final String HISTORY_PROPERTY = "schema.history.internal.sluice.lane";

  private static final int MOST_REMEMBERED = 10_000;
  private static final Map<String, LaneContext> LANES = new ConcurrentHashMap<>();

  private final String id;
  private final LaneSettings settings;
  private final Map<String, Object> offset;
  private final LaneHistory history;
  private final Map<TableName, Boolean> included = new ConcurrentHashMap<>();
  private final ChangeReceiver receiver;
  private final InvalidDates invalidDates;
  private final CountDownLatch settled = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean begun;
  private volatile boolean lowerCaseNames;
  private volatile boolean stopped;
  private volatile boolean closing;
  private volatile boolean heard;
  private long lastEventNanos = System.nanoTime();

  LaneContext(
      String id,
      LaneSettings settings,
      Map<String, Object> offset,
      List<String> history,
      ChangeReceiver receiver) {
    this.id = id;
    this.settings = settings;
    this.offset = offset;
    this.history = new LaneHistory(history, settings.source());
    this.receiver = receiver;
    this.invalidDates = new InvalidDates(settings.types().zeroDates(), settings.nullified());
  }

  static LaneContext of(@Nullable String id) {
    LaneContext lane = id == null ? null : LANES.get(id);
    if (lane == null) {
      throw new IllegalStateException("no lane '" + id + "' is running");
    }
    return lane;
  }

  void register() {
    LANES.put(id, this);
  }

  void unregister() {
    LANES.remove(id, this);
  }

  SourceConfig source() {
    return settings.source();
  }

  LaneSettings settings() {
    return settings;
  }

  /** Whether the server keeps names of tables in lower case. */
  boolean lowerCaseNames() {
    return lowerCaseNames;
  }

  void lowerCaseNames(boolean value) {
    lowerCaseNames = value;
  }

  /** Asked for every event; the patterns are slower than a look-up. */
  boolean includes(TableName table) {
    Boolean known = included.get(table);
    if (known == null) {
      if (included.size() >= MOST_REMEMBERED) {
        included.clear();
      }
      known = source().includes(table);
      included.put(table, known);
    }
    return known;
  }

  TypesConfig types() {
    return settings.types();
  }

  Map<String, Object> offset() {
    return offset;
  }

  ChangeReceiver receiver() {
    return receiver;
  }

  InvalidDates invalidDates() {
    return invalidDates;
  }

  /** What is known of structures. */
  LaneHistory history() {
    return history;
  }

  /** The streaming source begins. */
  void begun() {
    begun = true;
    settled.countDown();
  }

  /** The engine has ended, whether it had begun or not. */
  void ended() {
    settled.countDown();
  }

  /** Waits until the stream has begun, or never will; says which. */
  boolean awaitBegin() throws InterruptedException {
    settled.await();
    return begun;
  }

  /** Remembers the first failure; ours wins over what the engine makes of it. */
  void fail(Throwable cause) {
    if (!failure.compareAndSet(null, cause) && cause instanceof CdcException) {
      failure.updateAndGet(f -> f instanceof CdcException ? f : cause);
    }
    settled.countDown();
  }

  /** The binlog's connection has ended; a failure only when nothing else is the reason. */
  void disconnected() {
    if (!closing) {
      failure.compareAndSet(null, LaneFailures.closed());
    }
  }

  /** From now on the end of the connection is no failure. */
  void close() {
    closing = true;
  }

  @Nullable Throwable failure() {
    return failure.get();
  }

  /** The receiver wants nothing any more. */
  void stop() {
    stopped = true;
  }

  /** Whether nothing more is to be handed over. */
  boolean isOver() {
    return stopped || failure.get() != null;
  }

  /** The server has sent something; the clock is left to who asks. */
  void heard() {
    if (!heard) {
      heard = true;
    }
  }

  /** How long the server has sent nothing; to be asked now and then. One thread. */
  long silentNanos() {
    long now = System.nanoTime();
    if (heard) {
      heard = false;
      lastEventNanos = now;
    }
    return now - lastEventNanos;
  }
}
