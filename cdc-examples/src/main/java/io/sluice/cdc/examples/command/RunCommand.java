package io.sluice.cdc.examples.command;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.examples.terminal.JsonProgress;
import io.sluice.cdc.examples.terminal.Progress;
import io.sluice.cdc.examples.terminal.ProgressLoop;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cdc run}. */
@Command(
    name = "run",
    description = "Loads the tables, then follows every change until it is stopped.")
final class RunCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--until-caught-up",
      description =
          "End once the load is done and the stream has committed what the server had at the start.")
  private boolean untilCaughtUp;

  @Option(
      names = "--json",
      description = "Print progress and the end as JSON, one object a line, to standard output.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = config.read();
    CdcPipeline pipeline = settings.pipelineBuilder().build();
    StopOnSignal signals = StopOnSignal.install(pipeline);
    Progress progress = json ? new JsonProgress(System.out) : Progress.forPeople();
    try (ProgressLoop loop = ProgressLoop.start(pipeline, progress)) {
      pipeline.start();
      if (untilCaughtUp) {
        pipeline.stopWhenCaughtUp();
      }
      pipeline.awaitEnd();
      return CdcCommand.DONE;
    } finally {
      pipeline.close();
      signals.ended();
    }
  }
}
