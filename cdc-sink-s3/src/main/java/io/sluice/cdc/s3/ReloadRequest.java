package io.sluice.cdc.s3;

import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.record.LogRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to load a table again that was left in the bucket, and how far it has come. It can be
 * thrown away at any time: the request stays. Used by one thread at a time, until the sink that it
 * came from is closed.
 */
public final class ReloadRequest {
  private final TableName table;
  private final boolean known;
  private final CommitLog log;
  private final ReloadRequests requests;
  private long lastRead;
  private boolean forgotten;
  private @Nullable TableLoad load;

  /**
   * A request that was just made.
   *
   * @param known whether the pipeline knew the table then, so that it must forget it first
   * @param commit the last commit before the request
   */
  ReloadRequest(
      TableName table, boolean known, long commit, CommitLog log, ReloadRequests requests) {
    this.table = table;
    this.known = known;
    this.lastRead = commit;
    this.log = log;
    this.requests = requests;
  }

  /** Where a request can be. */
  public enum State {
    /** No pipeline has taken it yet. */
    WAITING,
    /** It was taken; the table is about to be loaded or is being loaded. */
    LOADING,
    /** Every row of the table has been committed again. */
    LOADED,
    /** The pipeline that runs threw it away, because its configuration does not load the table. */
    REFUSED
  }

  /**
   * How far it is.
   *
   * @param state where it is
   * @param rows rows committed since it was taken
   */
  public record Progress(State state, long rows) {}

  /** The table. */
  public TableName table() {
    return table;
  }

  /**
   * Looks at the bucket: whether the request is still there, and what was committed since the last
   * look.
   *
   * @throws io.sluice.cdc.error.SinkException when S3 cannot be read
   */
  public Progress progress() throws InterruptedException {
    boolean waits = requests.waits(table); // first: what removes it is in the log before
    for (Optional<LogRecord> next = log.read(lastRead + 1);
        next.isPresent();
        next = log.read(lastRead + 1)) {
      take(next.get());
    }
    TableLoad now = load;
    if (waits) {
      return new Progress(State.WAITING, 0);
    }
    if (known && !forgotten) {
      return new Progress(State.REFUSED, 0);
    }
    if (now == null) {
      return new Progress(State.LOADING, 0);
    }
    return new Progress(now.done() ? State.LOADED : State.LOADING, now.rows());
  }

  private void take(LogRecord record) {
    lastRead = record.commit();
    if (record.isClaim()) {
      return;
    }
    if (record.load().forgotten().contains(table)) {
      forgotten = true;
      load = null;
    }
    record.load().tables().stream().filter(t -> t.table().equals(table)).forEach(t -> load = t);
  }
}
