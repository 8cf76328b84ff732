package io.sluice.cdc.s3.internal.stage;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.internal.encode.ParquetEncoder;
import io.sluice.cdc.sink.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows on their way: one open file for each table, structure and kind. */
public final class S3Stage implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(S3Stage.class);
  private static final long DISCARD_SECONDS = 5;

  private final FileFactory factory;
  private final MemoryBudget budget;
  private final Map<FileKey, OpenFile> open = new HashMap<>();
  private final Queue<OpenFile> files = new ConcurrentLinkedQueue<>();
  private volatile List<StagedFile> staged = List.of();
  private volatile long rows;
  private int parts;
  private volatile State state = State.WRITING;

  private enum State {
    WRITING,
    FINISHED,
    COMMITTING,
    COMMITTED,
    DISCARDED
  }

  private record FileKey(TableSchema schema, RowBatch.Kind kind) {}

  /** An empty stage. */
  public S3Stage(FileFactory factory, MemoryBudget budget) {
    this.factory = factory;
    this.budget = budget;
  }

  @Override
  public void write(RowBatch batch) throws InterruptedException {
    require(State.WRITING);
    int slice = ParquetEncoder.sliceRows(batch);
    FileKey key = new FileKey(batch.schema(), batch.kind());
    for (int from = 0; from < batch.size(); from += slice) {
      int to = Math.min(from + slice, batch.size());
      OpenFile file = open.computeIfAbsent(key, this::newFile);
      while (!file.write(batch, from, to)) {
        open.remove(key);
        file = open.computeIfAbsent(key, this::newFile);
      }
      if (file.failed()) {
        finishAll();
      }
      budget.enforce();
    }
    rows = rows() + batch.size(); // one thread writes, others only look
  }

  @Override
  public void finish() throws InterruptedException {
    if (state == State.WRITING) {
      staged = finishAll();
      move(State.WRITING, State.FINISHED);
    }
  }

  /** What the stage holds. From here on nobody but the commit decides about it. */
  public List<StagedFile> takeForCommit() {
    move(State.FINISHED, State.COMMITTING);
    return staged;
  }

  /** The files belong to a commit now, or may do: nobody removes them. */
  public void committed() {
    move(State.COMMITTING, State.COMMITTED);
  }

  /** The commit is certain not to be: the files are removed. */
  public void notCommitted() {
    move(State.COMMITTING, State.FINISHED);
    discard();
  }

  /** Whether it was committed or discarded. */
  public boolean isOver() {
    return state == State.COMMITTED || state == State.DISCARDED;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long bytes() {
    if (state == State.WRITING) {
      return files.stream().mapToLong(OpenFile::bytes).sum();
    }
    return staged.stream().mapToLong(StagedFile::bytes).sum();
  }

  @Override
  public void discard() {
    synchronized (this) {
      if (isOver() || state == State.COMMITTING) {
        return;
      }
      state = State.DISCARDED;
    }
    List<CompletableFuture<Void>> gone = files.stream().map(OpenFile::discard).toList();
    try {
      CompletableFuture.allOf(gone.toArray(new CompletableFuture<?>[0]))
          .get(DISCARD_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn(
          "Staged files could not be removed now; the next start removes them: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private OpenFile newFile(FileKey key) {
    require(State.WRITING);
    OpenFile file = factory.open(key.schema(), key.kind(), parts++);
    files.add(file);
    return file;
  }

  private List<StagedFile> finishAll() throws InterruptedException {
    // What is left of each file is encoded now, on all cores: a commit waits for the last.
    List<CompletableFuture<StagedFile>> ends = files.parallelStream().map(OpenFile::close).toList();
    List<StagedFile> result = new ArrayList<>();
    for (CompletableFuture<StagedFile> end : ends) {
      result.add(await(end));
    }
    return result;
  }

  private static StagedFile await(CompletableFuture<StagedFile> end) throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof CdcException known) {
        throw known;
      }
      if (cause instanceof InterruptedException) {
        throw new InterruptedException("the sink is being closed");
      }
      throw new SinkException(
          "Cannot stage a file: " + cause, "Start again; nothing was committed", cause);
    }
  }

  private synchronized void move(State from, State to) {
    require(from);
    state = to;
  }

  private void require(State required) {
    if (state == State.DISCARDED && required != State.DISCARDED) {
      throw new SinkException(
          "The stage was discarded", "Nothing was committed; use another stage of an open sink");
    }
    if (state != required) {
      throw new IllegalStateException("the stage is " + state + ", not " + required);
    }
  }
}
