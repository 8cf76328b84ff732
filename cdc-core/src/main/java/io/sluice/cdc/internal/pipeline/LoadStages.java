package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.internal.load.LoadOutput;
import io.sluice.cdc.internal.load.LoadUnit;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.Stage;
import java.util.function.Function;

/** Lets a full load write into stages of the sink and commit them. */
final class LoadStages implements LoadOutput {
  private final Sink sink;
  private final Committer committer;

  LoadStages(Sink sink, Committer committer) {
    this.sink = sink;
    this.committer = committer;
  }

  @Override
  public LoadView newView(SourcePosition position, long takenMicros) {
    return committer.newView(position, takenMicros);
  }

  @Override
  public LoadUnit begin() {
    return new Unit(sink.stage());
  }

  private final class Unit implements LoadUnit {
    private final Stage stage;

    Unit(Stage stage) {
      this.stage = stage;
    }

    @Override
    public void write(RowBatch rows) throws InterruptedException {
      stage.write(rows);
    }

    @Override
    public void commit(Function<LoadState, LoadChange> change) throws InterruptedException {
      committer.commitLoad(stage, change);
    }

    @Override
    public void discard() {
      stage.discard();
    }
  }
}
