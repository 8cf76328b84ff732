package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelinePlan;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one pipeline: its thread, its state, its end. Thread-safe. */
public final class PipelineRunner {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRunner.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final PipelineConfig config;
  private final Sink sink;
  private final Listeners listeners;
  private final PipelineRun run;
  private final Thread thread;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile PipelineState state = PipelineState.NEW;
  private volatile @Nullable Throwable failure;

  /** Nothing is connected yet. */
  public PipelineRunner(PipelineConfig config, Sink sink, List<PipelineListener> listeners) {
    this.config = config;
    Protecting protecting = new Protecting(config.protection());
    this.sink = protecting.around(sink);
    this.listeners = new Listeners(config.pipeline().value(), List.copyOf(listeners));
    this.run = new PipelineRun(config, this.sink, protecting, this.listeners, this::move);
    this.thread = new Thread(this::live, "sluice-pipeline-" + config.pipeline());
  }

  /** Starts the pipeline's thread. */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("The pipeline was started before; build a new one");
    }
    thread.start();
  }

  /** Asks it to end after what the server has at this moment has been committed. */
  public void stopWhenCaughtUp() {
    run.stopWhenCaughtUp();
  }

  /** Asks for a table to be loaded again. */
  public void reload(TableName table) {
    if (!config.source().includes(table)) {
      throw new ConfigurationException(
          List.of("reload: '" + table + "' is not among the included tables; see source.include"));
    }
    if (config.load().mode() == LoadMode.NEVER) {
      throw new ConfigurationException(
          List.of("reload: '" + table + "' cannot be loaded, because load.mode is never"));
    }
    run.reload(table);
  }

  /** What a start would do. */
  public PipelinePlan plan() throws InterruptedException {
    return new Planner(config, sink).plan();
  }

  /** Asks it to end now and waits for it. */
  public void stop() {
    if (started.compareAndSet(false, true)) {
      finish(null); // never started: only the sink is to be closed
      return;
    }
    if (stopped.compareAndSet(false, true)) {
      run.stop();
    }
    try {
      if (!ended.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Pipeline {} did not end within {}", config.pipeline(), STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the end.
   *
   * @return whether it has come
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    if (!ended.await(timeout.toSeconds(), TimeUnit.SECONDS)
        && !ended.await(timeout.toMillisPart(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    Throwable cause = failure;
    if (cause instanceof CdcException known) {
      throw known;
    }
    if (cause != null) {
      throw new CdcException(
          "Pipeline " + config.pipeline() + " failed: " + cause,
          "This is a defect; report it with the log",
          cause);
    }
    return true;
  }

  /** The pipeline now. */
  public PipelineStatus status() {
    return run.status(state);
  }

  private void live() {
    Throwable cause = null;
    try {
      run.run();
    } catch (Throwable e) {
      cause = Protecting.telling(config.protection(), e);
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
    finish(cause);
  }

  private void finish(@Nullable Throwable cause) {
    Throwable end = cause;
    try {
      sink.close();
    } catch (RuntimeException e) {
      if (end == null) {
        end = e;
      } else {
        end.addSuppressed(e);
      }
    }
    failure = end;
    if (end != null) {
      LOG.debug("Pipeline {} failed", config.pipeline(), end);
    }
    move(end == null ? PipelineState.STOPPED : PipelineState.FAILED);
    Throwable told = end;
    listeners.tell(l -> l.ended(told));
    listeners.close();
    ended.countDown();
  }

  private void move(PipelineState next) {
    if (state != next) {
      state = next;
      LOG.info("Pipeline {} is {}", config.pipeline(), next);
      listeners.tell(l -> l.stateChanged(next));
    }
  }
}
