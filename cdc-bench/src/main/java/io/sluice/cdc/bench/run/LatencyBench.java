package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.Options;
import io.sluice.cdc.bench.child.Settings;
import io.sluice.cdc.bench.data.LiveTraffic;
import io.sluice.cdc.bench.report.LatencyResult;
import io.sluice.cdc.bench.report.Sample;
import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;

/** Small transactions as they come: how soon they are readable, and what they cost in requests. */
public final class LatencyBench {
  private static final int TRANSACTIONS_PER_SECOND = 1_000;
  private static final int MAX_AGE_MILLIS = 200;
  private static final String DATABASE = "live";
  private static final long SETTLE_MILLIS = 3_000;

  private final Bed bed;
  private final Options options;
  private final Runner runner;
  private final Progress progress;
  private final LiveTraffic traffic = new LiveTraffic(DATABASE, TRANSACTIONS_PER_SECOND);
  private final double warmUpSeconds;
  private final double seconds;

  public LatencyBench(Bed bed, Progress progress) {
    this.bed = bed;
    this.options = bed.options();
    this.runner = new Runner(bed);
    this.progress = progress;
    this.warmUpSeconds = options.small() ? 4 : 10;
    this.seconds = options.small() ? 6 : 30;
  }

  /** Measures. */
  public LatencyResult run() throws Exception {
    traffic.prepare(bed.source());
    LatencyResult result =
        new LatencyResult(TRANSACTIONS_PER_SECOND, MAX_AGE_MILLIS, seconds, warmUpSeconds);
    for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
      measure("latency-" + repetition, result);
    }
    count(result);
    return result;
  }

  private void measure(String pipeline, LatencyResult result) throws Exception {
    Promotions promotions = new Promotions();
    long[] window = new long[2];
    LiveTraffic.Written[] written = new LiveTraffic.Written[1];
    Map<S3Probe.Request, double[]> s3;
    Sample sample;
    try (S3Probe probe = S3Probe.open(bed.servers().s3())) {
      sample =
          runner.sluice(
              "sluice-follow",
              settings(pipeline),
              promotions,
              child -> {
                promotions.awaitStreaming();
                traffic.write(bed.source(), warmUpSeconds);
                window[0] = nowMicros();
                written[0] = traffic.write(bed.source(), seconds);
                window[1] = nowMicros();
                child.stop();
              });
      s3 = probe.stop();
    }
    double[] millis = Latencies.millis(bed.finalFolder(pipeline), promotions, window[0], window[1]);
    if (millis.length != written[0].transactions()) {
      throw new IllegalStateException(
          written[0].transactions()
              + " rows were changed, "
              + millis.length
              + " are in the final bucket");
    }
    result.add(sample, millis, written[0].transactions() / written[0].seconds());
    s3.forEach((request, times) -> result.addRequestTimes(request.name(), times));
    progress.say(result.lastLine());
    bed.forget(pipeline);
  }

  /** Counts requests in a run of its own, because the proxy that counts takes time. */
  private void count(LatencyResult result) throws Exception {
    String pipeline = "latency-requests";
    Promotions promotions = new Promotions();
    try (FaultProxy proxy = FaultProxy.open(bed.servers().s3())) {
      Map<S3Operation, FaultRule> rules = new EnumMap<>(S3Operation.class);
      Map<S3Operation, Long> counts = new EnumMap<>(S3Operation.class);
      long[] commits = new long[2];
      runner.sluice(
          "sluice-follow",
          settings(pipeline).with("s3.endpoint", proxy.endpoint()),
          promotions,
          child -> {
            promotions.awaitStreaming();
            for (S3Operation operation : S3Operation.values()) {
              rules.put(operation, proxy.watch(RequestMatch.of(operation)));
            }
            long before = promotions.commits();
            long filesBefore = promotions.files();
            traffic.write(bed.source(), warmUpSeconds);
            Thread.sleep(SETTLE_MILLIS);
            rules.forEach((operation, rule) -> counts.put(operation, rule.fired()));
            commits[0] = promotions.commits() - before;
            commits[1] = promotions.files() - filesBefore;
            idle(rules, counts, result);
            child.stop();
          });
      result.requests(commits[0], commits[1], counts);
    }
    bed.forget(pipeline);
  }

  /** An idle pipeline makes no commits, so it sends nothing. */
  private static void idle(
      Map<S3Operation, FaultRule> rules, Map<S3Operation, Long> counts, LatencyResult result)
      throws InterruptedException {
    Thread.sleep(SETTLE_MILLIS);
    long now = rules.values().stream().mapToLong(FaultRule::fired).sum();
    long before = counts.values().stream().mapToLong(Long::longValue).sum();
    result.idleRequests(now - before);
  }

  private Settings settings(String pipeline) {
    return bed.sluiceSettings(bed.settings(DATABASE, true), pipeline)
        .with("maxAgeMillis", MAX_AGE_MILLIS);
  }

  private static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
