package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.transform.Protector;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.SinkLook;
import io.sluice.cdc.sink.Stage;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another sink, to which only protected rows, structures and key values get. Everything on this
 * side of it is as MySQL has it. Thread-safe as that sink is.
 */
final class ProtectingSink implements Sink {
  private final Sink sink;
  private final Protector protector;

  ProtectingSink(Sink sink, Protector protector) {
    this.sink = sink;
    this.protector = protector;
  }

  @Override
  public ResumePoint open(PipelineId pipeline) throws InterruptedException {
    ResumePoint point = sink.open(pipeline);
    protector.known(point.schemas());
    return opened(point);
  }

  @Override
  public @Nullable SinkLook look(PipelineId pipeline) throws InterruptedException {
    SinkLook look = sink.look(pipeline);
    return look == null
        ? null
        : new SinkLook(
            opened(look.state()), look.writer(), look.lastWritten(), look.reloadRequests());
  }

  @Override
  public List<TableName> reloadRequests() throws InterruptedException {
    return sink.reloadRequests();
  }

  @Override
  public void reloadTaken(Collection<TableName> tables) throws InterruptedException {
    sink.reloadTaken(tables);
  }

  @Override
  public Stage stage() {
    return new ProtectingStage(sink.stage());
  }

  @Override
  public CommitOutcome commit(Stage stage, CommitRequest request) throws InterruptedException {
    return sink.commit(((ProtectingStage) stage).stage, leaving(request));
  }

  @Override
  public void close() {
    sink.close();
  }

  private ResumePoint opened(ResumePoint point) {
    return new ResumePoint(
        point.lastCommit(),
        point.epoch(),
        point.lastSequence(),
        point.source(),
        point.schemaHistory(),
        protector.open(point.load()),
        point.schemas());
  }

  private CommitRequest leaving(CommitRequest request) {
    LoadChange load = request.load();
    return new CommitRequest(
        request.source(),
        request.firstSequence(),
        request.lastSequence(),
        request.endsInsideTransaction(),
        request.schemaHistory(),
        new LoadChange(
            load.newViews(),
            load.passedViews(),
            load.tables().stream().map(protector::protect).toList(),
            load.forgotten()),
        protector.protect(request.schemas()));
  }

  /** Takes rows as MySQL has them. */
  private final class ProtectingStage implements Stage {
    private final Stage stage;

    ProtectingStage(Stage stage) {
      this.stage = stage;
    }

    @Override
    public void write(RowBatch rows) throws InterruptedException {
      stage.write(protector.protect(rows));
    }

    @Override
    public void finish() throws InterruptedException {
      stage.finish();
    }

    @Override
    public long rows() {
      return stage.rows();
    }

    @Override
    public long bytes() {
      return stage.bytes();
    }

    @Override
    public void discard() {
      stage.discard();
    }
  }
}
