package io.sluice.cdc.s3;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.encode.ParquetSettings;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.SinkLook;
import io.sluice.cdc.sink.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keeps Parquet files and the state of a pipeline on S3. See {@link Sink} for its life; one
 * instance serves one pipeline, is opened once, and owns its threads and, unless one was lent, its
 * client.
 */
public final class S3Sink implements Sink {
  private final S3Client client;
  private final boolean ownsClient;
  private final Places places;
  private final ParquetSettings parquet;
  private final long memory;
  private @Nullable OpenSink open;
  private boolean closed;

  S3Sink(
      S3Client client,
      boolean ownsClient,
      String endpoint,
      S3Location target,
      S3Location temporary,
      ParquetSettings parquet,
      long memory,
      Duration retryFor,
      Duration lookEvery) {
    this.client = client;
    this.ownsClient = ownsClient;
    this.places = new Places(endpoint, target, temporary, retryFor, lookEvery);
    this.parquet = parquet;
    this.memory = memory;
  }

  /** Where it writes, how patiently, and how often it looks for requests to compact. */
  record Places(
      String endpoint,
      S3Location target,
      S3Location temporary,
      Duration retryFor,
      Duration lookEvery) {}

  /** A builder with the defaults. */
  public static S3SinkBuilder builder() {
    return new S3SinkBuilder();
  }

  @Override
  public synchronized ResumePoint open(PipelineId pipeline) throws InterruptedException {
    if (closed || open != null) {
      throw new IllegalStateException("a sink is opened once");
    }
    OpenSink opening = new OpenSink(client, places, pipeline, parquet, memory);
    try {
      ResumePoint point = opening.recover();
      open = opening;
      return point;
    } finally {
      if (open == null) {
        opening.close();
      }
    }
  }

  @Override
  public @Nullable SinkLook look(PipelineId pipeline) throws InterruptedException {
    return new Bystander(client, places, pipeline).look();
  }

  /**
   * Asks whoever runs the pipeline, now or later, to load a table again. Leaves one small object in
   * the bucket and fences nobody; a pipeline that runs finds it within 15 seconds. Needs no {@link
   * #open}; may be called from any thread until {@link #close}. Asking twice is asking once.
   *
   * @param pipeline the pipeline's id
   * @param table the table; whether the pipeline includes it is not known here, see {@link
   *     ReloadRequest.State#REFUSED}
   * @return tells how far it is
   * @throws io.sluice.cdc.error.StateException when there is no such pipeline in this place
   * @throws SinkException when S3 cannot be read or written
   */
  public ReloadRequest requestReload(PipelineId pipeline, TableName table)
      throws InterruptedException {
    return new Bystander(client, places, pipeline).request(table);
  }

  /**
   * Reads the commit log without taking the pipeline over: every commit after a number, in order,
   * each once. So a program that stores the last number it has seen can go on from there. Reads two
   * objects for a thousand commits where the log has segments, else one for each, several at once.
   * Needs no {@link #open}; may be called from any thread until {@link #close}.
   *
   * @param pipeline the pipeline's id
   * @param after the number after which to begin, 0 for the whole log; where older records were
   *     removed from the bucket, the log begins with the first that is there
   * @param to is told each commit on the calling thread; claims of writers are left out
   * @return the number of the last record, {@code after} when there is none behind it
   * @throws io.sluice.cdc.error.StateException when a record is damaged or one between others is
   *     missing, or when the place belongs to another pipeline
   * @throws SinkException when S3 cannot be read
   */
  public long readLog(PipelineId pipeline, long after, Consumer<LoggedCommit> to)
      throws InterruptedException {
    return new Bystander(client, places, pipeline).readLog(after, to);
  }

  /**
   * Rewrites small files of days that are over into large ones, beside the pipeline and without
   * fencing it: large files are staged, and the pipeline is asked to commit them in the place of
   * the small ones. One that runs does so within a minute, another at its next start. Files that an
   * earlier run replaced are deleted once they were kept for long enough. Any number of these may
   * run, and die, at any time. Needs no {@link #open}; takes the memory that the sink was given;
   * returns when all is staged. May be called from any thread until {@link #close}.
   *
   * @param pipeline the pipeline's id
   * @param compaction what is to be done
   * @param progress told in a few words of each file that was staged, on the calling thread
   * @throws io.sluice.cdc.error.ConfigurationException when a value is out of range
   * @throws io.sluice.cdc.error.StateException when there is no such pipeline in this place, or its
   *     log is damaged
   * @throws SinkException when S3 cannot be read or written
   */
  public CompactionReport compact(
      PipelineId pipeline, Compaction compaction, Consumer<String> progress)
      throws InterruptedException {
    Problems problems = new Problems();
    compaction.check(problems);
    problems.throwIfAny();
    new Bystander(client, places, pipeline).requireState();
    return new CompactionRun(client, places, pipeline, parquet, memory, progress).run(compaction);
  }

  @Override
  public List<TableName> reloadRequests() throws InterruptedException {
    return opened().reloads().all();
  }

  @Override
  public void reloadTaken(Collection<TableName> tables) throws InterruptedException {
    opened().reloads().remove(tables);
  }

  @Override
  public Stage stage() {
    return opened().stage();
  }

  @Override
  public CommitOutcome commit(Stage stage, CommitRequest request) throws InterruptedException {
    return opened().commit(stage, request);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (open != null) {
      open.close();
    }
    if (ownsClient) {
      client.close();
    }
  }

  private synchronized OpenSink opened() {
    if (open == null || closed) {
      throw new SinkException(
          "The sink is not open", "Open it first; once closed, build another one");
    }
    return open;
  }
}
