package io.sluice.cdc.examples.command;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.examples.terminal.Json;
import io.sluice.cdc.examples.terminal.PlanText;
import io.sluice.cdc.status.PipelinePlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cdc plan}. */
@Command(
    name = "plan",
    description = {
      "Says what run would do, and changes nothing anywhere: the server and what speaks against it, how the"
          + " load would see one moment, every table, where the stream goes on, what the bucket holds."
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--json", description = "Print the plan as one JSON object to standard output.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = config.read();
    try (CdcPipeline pipeline = settings.pipelineBuilder().build()) {
      PipelinePlan plan = pipeline.plan();
      System.out.println(json ? json(plan) : PlanText.of(plan));
      return plan.startable() ? CdcCommand.DONE : CdcCommand.STOPPED;
    }
  }

  private static Json json(PipelinePlan plan) {
    return Json.line()
        .put("type", "plan")
        .put("startable", plan.startable())
        .put("tablesToLoad", plan.tablesToLoad())
        .put("rowsToLoad", plan.rowsToLoad())
        .put("bytesToLoad", plan.bytesToLoad())
        .put("chunks", plan.chunks())
        .putAllOf(plan);
  }
}
