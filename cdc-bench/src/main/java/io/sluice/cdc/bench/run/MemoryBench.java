package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.Options;
import io.sluice.cdc.bench.child.Settings;
import io.sluice.cdc.bench.data.Backlog;
import io.sluice.cdc.bench.data.MemoryBacklogs;
import io.sluice.cdc.bench.data.Numbers;
import io.sluice.cdc.bench.report.CaseResult;
import io.sluice.cdc.bench.report.Sample;
import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.RequestMatch;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is hard on memory: how much heap and resident memory Sluice takes to come through. */
public final class MemoryBench {
  private static final String SLUICE = "sluice";
  private static final long SLOW_BYTES_PER_SECOND = 5_000_000;
  private static final int VALUES = 8;
  private static final int FEW_VALUES = 2;

  private final Bed bed;
  private final Options options;
  private final Runner runner;
  private final Progress progress;

  /**
   * A case.
   *
   * @param slow whether the S3 server takes and gives only 5 MB a second
   */
  private record Case(Backlog backlog, boolean slow) {}

  public MemoryBench(Bed bed, Progress progress) {
    this.bed = bed;
    this.options = bed.options();
    this.runner = new Runner(bed);
    this.progress = progress;
  }

  /** Measures every case that is wanted. */
  public List<CaseResult> run() throws Exception {
    try (Connection connection = bed.connect()) {
      Numbers.make(connection, options.rows() / 2);
    }
    List<CaseResult> results = new ArrayList<>();
    for (Case one : cases()) {
      if (options.wantsCase(one.backlog.name())) {
        results.add(measure(one));
      }
    }
    return results;
  }

  private List<Case> cases() {
    long rows = options.rows();
    return List.of(
        new Case(MemoryBacklogs.scattered("scattered", rows / 10), false),
        new Case(MemoryBacklogs.transaction("transaction", rows / 2), false),
        new Case(MemoryBacklogs.values("blobs", options.small() ? FEW_VALUES : VALUES), false),
        new Case(Backlog.large("slow", rows / 2), true));
  }

  private CaseResult measure(Case one) throws Exception {
    Backlog backlog = one.backlog;
    backlog.prepare(bed.source());
    CaseResult result = new CaseResult("memory " + backlog.name(), SLUICE, Map.of());
    result.facts().put("changes", backlog.changes()).put("heapMiB", options.heapMiB());
    for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
      runner.sluice("sluice-note", settings(backlog, repetition));
    }
    progress.say(result.name() + ": writing " + backlog.changes() + " changes ...");
    backlog.write(bed.source());
    for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
      Sample sample = stream(one, settings(backlog, repetition));
      result.add(SLUICE, sample);
      progress.say(result.name(), SLUICE, sample);
      String pipeline = pipeline(backlog, repetition);
      if (options.checked() && repetition == options.repetitions()) {
        Equality.check(bed, pipeline, backlog.name(), List.of(), progress);
      }
      bed.forget(pipeline);
    }
    try (Connection connection = bed.connect()) {
      io.sluice.cdc.bench.data.Sql.execute(connection, "DROP DATABASE " + backlog.name());
    }
    return result;
  }

  private Sample stream(Case one, Settings settings) throws Exception {
    Settings told = settings.with("expected", one.backlog.changes());
    if (!one.slow) {
      return runner.sluice("sluice-stream", told);
    }
    try (FaultProxy proxy = FaultProxy.open(bed.servers().s3())) {
      proxy.add(RequestMatch.any(), Fault.throttle(SLOW_BYTES_PER_SECOND));
      return runner.sluice("sluice-stream", told.with("s3.endpoint", proxy.endpoint()));
    }
  }

  private Settings settings(Backlog backlog, int repetition) {
    return bed.sluiceSettings(
        bed.settings(backlog.name(), options.tls()), pipeline(backlog, repetition));
  }

  private static String pipeline(Backlog backlog, int repetition) {
    return "memory-" + backlog.name() + "-" + repetition;
  }
}
