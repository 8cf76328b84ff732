package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.PipelineConfig;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.load.FullLoad;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.status.LoadProgress;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Loads in full every included table that is not yet loaded, and forgets those that are no longer included. */
final class LoadRun {
  private final PipelineConfig config;
  private final Sink sink;
  private final Committer committer;
  private final SourceServer server;
  private final Consumer<String> nullified;

  LoadRun(
      PipelineConfig config,
      Sink sink,
      Committer committer,
      SourceServer server,
      Consumer<String> nullified) {
    this.config = config;
    this.sink = sink;
    this.committer = committer;
    this.server = server;
    this.nullified = nullified;
  }
}
