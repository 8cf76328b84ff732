package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.KeyText;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Keeps what is committed in memory, and fails when told to. Thread-safe. */
final class RecordingOutput implements LoadOutput {
  private final Map<TableName, List<List<String>>> rows = new TreeMap<>();
  private LoadState state = LoadState.EMPTY;
  private int views;
  private long sequence;
  private int commits;
  private int failAfter = Integer.MAX_VALUE;
  private int discards;
  private boolean keep = true;
  private int afterCommit;
  private BusyWriter.Work then = () -> {};
  private long counted;

  /** The commit after so many fails. */
  synchronized RecordingOutput failAfter(int n) {
    failAfter = commits + n;
    return this;
  }

  /** Does this at the end of the n-th commit. */
  synchronized RecordingOutput afterCommit(int n, BusyWriter.Work work) {
    afterCommit = n;
    then = work;
    return this;
  }

  /** Counts rows and forgets them. */
  RecordingOutput countOnly() {
    keep = false;
    return this;
  }

  synchronized LoadState state() {
    return state;
  }

  synchronized int commits() {
    return commits;
  }

  synchronized int views() {
    return views;
  }

  synchronized int discards() {
    return discards;
  }

  synchronized long counted() {
    return counted;
  }

  synchronized List<List<String>> rows(TableName table) {
    return rows.getOrDefault(table, List.of());
  }

  @Override
  public synchronized LoadView newView(SourcePosition position, long takenMicros) {
    return new LoadView(++views, ++sequence, position, takenMicros);
  }

  @Override
  public LoadUnit begin() {
    return new Unit();
  }

  private final class Unit implements LoadUnit {
    private final Map<TableName, List<List<String>>> staged = new TreeMap<>();
    private long stagedRows;

    @Override
    public void write(RowBatch batch) {
      stagedRows += batch.size();
      for (int row = 0; keep && row < batch.size(); row++) {
        staged
            .computeIfAbsent(batch.schema().table(), t -> new ArrayList<>())
            .add(texts(batch, row));
      }
    }

    @Override
    public void commit(Function<LoadState, LoadChange> change) {
      synchronized (RecordingOutput.this) {
        if (commits >= failAfter) {
          throw new IllegalStateException("told to fail");
        }
        state = state.with(change.apply(state));
        staged.forEach((t, r) -> rows.computeIfAbsent(t, x -> new ArrayList<>()).addAll(r));
        counted += stagedRows;
        commits++;
        if (commits == afterCommit) {
          run(then);
        }
      }
    }

    @Override
    public void discard() {
      staged.clear();
      synchronized (RecordingOutput.this) {
        discards++;
      }
    }
  }

  private static void run(BusyWriter.Work work) {
    try {
      work.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> texts(RowBatch batch, int row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < batch.schema().columns().size(); i++) {
      Column column = batch.schema().columns().get(i);
      texts.add(
          batch.column(i).isNull(row) ? "NULL" : KeyText.of(column.type(), batch.column(i), row));
    }
    return texts;
  }
}
