package io.sluice.cdc;

import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.LimitsConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.pipeline.PipelineRunner;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelinePlan;
import io.sluice.cdc.status.PipelineStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a sink in step with a MySQL server: a full load of what is there, then every change.
 *
 * <p>Lifecycle: build, {@link #start}, {@link #close}. A pipeline cannot be started again; build a
 * new one, it goes on where the last commit was. It runs on threads of its own. All methods may be
 * called from any thread.
 *
 * <p>The pipeline owns its sink and closes it.
 */
public final class CdcPipeline implements AutoCloseable {
  private static final Duration FOREVER = Duration.ofDays(365_000);

  private final PipelineRunner runner;

  private CdcPipeline(PipelineRunner runner) {
    this.runner = runner;
  }

  /** A builder; {@code pipeline}, {@code source} and {@code sink} must be given. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds out what {@link #start} would do, without doing it: nothing is locked, fenced, written or
   * removed anywhere. Works before and after the start, until {@link #close}; takes a few seconds.
   *
   * @return what was found; everything that speaks against a start is among its problems
   * @throws io.sluice.cdc.error.SourceException when the server cannot be reached
   * @throws io.sluice.cdc.error.ConfigurationException when an include pattern matches no table
   */
  public PipelinePlan plan() throws InterruptedException {
    return runner.plan();
  }

  /**
   * Starts and returns at once. Failures, also those of the start, end the pipeline: see {@link
   * #awaitEnd} and {@link PipelineListener#ended}.
   *
   * @throws IllegalStateException when it was started before
   */
  public void start() {
    runner.start();
  }

  /**
   * Asks a started pipeline to end by itself once the load is done and the stream has committed,
   * and promoted, the position that the server has at the time of this call.
   */
  public void stopWhenCaughtUp() {
    runner.stopWhenCaughtUp();
  }

  /**
   * Asks for a table to be loaded again: it is told to be empty (an {@code _cdc_op} of {@code t}),
   * then its rows are loaded in a new view, then the stream goes on. Other tables are untouched,
   * but the stream waits meanwhile. Before {@link #start} the load comes first; while the pipeline
   * runs, at the next end of a transaction.
   *
   * <p>To ask from another process, leave a request in the sink: {@code S3Sink.requestReload}.
   *
   * @throws io.sluice.cdc.error.ConfigurationException when the table is not included, or {@code
   *     load.mode} is {@code never}
   */
  public void reload(TableName table) {
    runner.reload(table);
  }

  /**
   * Waits until the pipeline has ended as asked.
   *
   * @throws CdcException (a subclass that tells the case) when it ended by a failure
   * @throws InterruptedException when the waiting thread is interrupted; the pipeline goes on
   */
  public void awaitEnd() throws InterruptedException {
    awaitEnd(FOREVER);
  }

  /**
   * Waits until the pipeline has ended, but not longer than the timeout.
   *
   * @return whether it has ended
   * @throws CdcException (a subclass that tells the case) when it ended by a failure
   * @throws InterruptedException when the waiting thread is interrupted; the pipeline goes on
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return runner.awaitEnd(timeout);
  }

  /** The pipeline at this moment. */
  public PipelineStatus status() {
    return runner.status();
  }

  /**
   * Stops and waits for the end: what is committed is promoted, what was read but not committed is
   * dropped and read again at the next start. Ends within 30 seconds when the store answers. May be
   * called twice, and before {@link #start}. Throws nothing for a pipeline that had failed; see
   * {@link #awaitEnd}.
   */
  @Override
  public void close() {
    runner.stop();
  }

  /** Builds a {@link CdcPipeline}. Not thread-safe. */
  public static final class Builder {
    private String pipeline = "";
    private @Nullable SourceConfig source;
    private @Nullable Sink sink;
    private LoadConfig load = LoadConfig.DEFAULT;
    private BatchConfig batch = BatchConfig.DEFAULT;
    private TypesConfig types = TypesConfig.DEFAULT;
    private ProtectionConfig protection = ProtectionConfig.NONE;
    private LimitsConfig limits = LimitsConfig.DEFAULT;
    private final List<PipelineListener> listeners = new ArrayList<>();

    private Builder() {}

    /** The pipeline's id; see {@link PipelineId}. All state is kept under it. */
    public Builder pipeline(String id) {
      this.pipeline = id;
      return this;
    }

    /** The server and its tables. */
    public Builder source(SourceConfig source) {
      this.source = source;
      return this;
    }

    /** Where rows go; closed with the pipeline. */
    public Builder sink(Sink sink) {
      this.sink = sink;
      return this;
    }

    /** Full loads; {@link LoadConfig#DEFAULT} unless given. */
    public Builder load(LoadConfig load) {
      this.load = load;
      return this;
    }

    /** When changes are committed; {@link BatchConfig#DEFAULT} unless given. */
    public Builder batch(BatchConfig batch) {
      this.batch = batch;
      return this;
    }

    /** The mapping of types; {@link TypesConfig#DEFAULT} unless given. */
    public Builder types(TypesConfig types) {
      this.types = types;
      return this;
    }

    /** Which values are changed or left out; {@link ProtectionConfig#NONE} unless given. */
    public Builder protection(ProtectionConfig protection) {
      this.protection = protection;
      return this;
    }

    /** Limits; {@link LimitsConfig#DEFAULT} unless given. */
    public Builder limits(LimitsConfig limits) {
      this.limits = limits;
      return this;
    }

    /** Adds a listener. */
    public Builder listener(PipelineListener listener) {
      this.listeners.add(listener);
      return this;
    }

    /**
     * Checks everything and builds; connects to nothing.
     *
     * @throws io.sluice.cdc.error.ConfigurationException with every problem
     */
    public CdcPipeline build() {
      Problems problems = new Problems();
      PipelineId id = null;
      try {
        id = new PipelineId(pipeline);
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
      if (source == null) {
        problems.missing("source", "a SourceConfig");
      }
      if (sink == null) {
        problems.missing("sink", "a Sink, e.g. an S3Sink");
      }
      load.check(problems);
      batch.check(problems);
      protection.check(problems);
      limits.check(problems);
      problems.throwIfAny();
      if (id == null || source == null || sink == null) {
        throw new IllegalStateException("unreachable: problems were thrown");
      }
      PipelineConfig config =
          new PipelineConfig(id, source, load, batch, types, protection, limits);
      return new CdcPipeline(new PipelineRunner(config, sink, listeners));
    }
  }
}
