package io.sluice.cdc.internal.binlog;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of Debezium's engine on the row lane, from a committed position on. Lifecycle: {@link
 * #start}, {@link #awaitReady}, {@link #close}; not to be started again. Thread-safe.
 */
public final class BinlogLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BinlogLane.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  /**
   * The binlog client logs each connection through java.util.logging, under the name of our class,
   * and whole rows where a listener fails, which we tell ourselves. Kept so that the level is not
   * lost to the collector.
   */
  private static final java.util.logging.Logger CLIENT_LOG =
      java.util.logging.Logger.getLogger(LaneClient.class.getName());

  static {
    if (CLIENT_LOG.getLevel() == null) {
      CLIENT_LOG.setLevel(java.util.logging.Level.SEVERE);
    }
  }

  private final LaneContext context;
  private final DebeziumEngine<?> engine;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final Thread thread;

  /**
   * Prepares a run; nothing is connected yet.
   *
   * @param pipeline the pipeline's id, part of the engine's name
   * @param settings what it is asked to do
   * @param from where it begins
   * @param history the committed schema history
   * @param receiver takes what the binlog says
   */
  public BinlogLane(
      String pipeline,
      LaneSettings settings,
      StreamPosition from,
      List<String> history,
      ChangeReceiver receiver) {
    String id = pipeline + "-" + UUID.randomUUID();
    this.context = new LaneContext(id, settings, from.engineOffset(), history, receiver);
    context.register();
    this.engine =
        DebeziumEngine.create(Connect.class)
            .using(EngineProperties.of(pipeline, id, settings.source()))
            .using(this::completed)
            .notifying(record -> LOG.debug("The engine made a record of its own: {}", record))
            .build();
    this.thread = new Thread(this::run, "sluice-engine-" + pipeline);
    thread.setDaemon(true);
  }

  /** Starts the engine's thread. */
  public void start() {
    thread.start();
  }

  /**
   * Waits until it has begun.
   *
   * @throws CdcException when it could not
   */
  public void awaitReady() throws InterruptedException {
    boolean begun = context.awaitBegin();
    throwIfFailed();
    if (!begun) {
      throw new SourceException("The engine ended before it began", "See the log for its reason");
    }
  }

  /** Schema history entries since the last call. */
  public List<String> drainHistory() {
    return context.history().drain();
  }

  /**
   * Throws when the server, which sends heartbeats when there is nothing else, has been silent for
   * too long.
   *
   * @param limit how long is too long
   * @param heldBack whether the reader is being held back by its receiver, and so hears nothing
   */
  public void throwIfSilent(Duration limit, boolean heldBack) {
    if (heldBack) {
      context.heard();
    } else if (context.silentNanos() > limit.toNanos()) {
      throw LaneFailures.silent(limit);
    }
  }

  /** Whether the run is over, by {@link #close} or by a failure. */
  public boolean isOver() {
    return ended.isDone() || context.failure() != null;
  }

  /**
   * Throws what ended the run, if anything did.
   *
   * @throws CdcException in our words
   */
  public void throwIfFailed() {
    Throwable failure = context.failure();
    if (failure != null) {
      throw LaneFailures.explain(failure);
    }
  }

  /** Whether trying again from the last commit may help after this failure. */
  public static boolean isTransient(Throwable failure) {
    return failure instanceof LaneFailures.LostConnection;
  }

  /** Ends the run; what was not handed over will be read again. May be called twice. */
  @Override
  public void close() {
    context.close();
    try {
      if (!ended.isDone()) {
        engine.close();
      }
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The engine was already ending", e);
    }
    try {
      ended.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The engine did not end within {}", CLOSE_TIMEOUT, e);
      thread.interrupt();
    } finally {
      context.unregister();
    }
  }

  private void run() {
    try {
      engine.run();
    } finally {
      context.ended();
      ended.complete(null);
    }
  }

  private void completed(boolean success, @Nullable String message, @Nullable Throwable error) {
    if (!success) {
      context.fail(error == null ? new IllegalStateException(String.valueOf(message)) : error);
    }
  }
}
