package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.Options;
import io.sluice.cdc.bench.child.Settings;
import io.sluice.cdc.bench.data.SteadyTraffic;
import io.sluice.cdc.bench.report.Sample;
import io.sluice.cdc.bench.report.SoakResult;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A live server whose changes come for long at half the rate that machine and pipeline reach
 * together: whether memory and latency stay as they are at the start.
 */
public final class SoakBench {
  private static final String DATABASE = "soak";
  private static final String PIPELINE = "soak-1";
  private static final int MAX_AGE_MILLIS = 200;
  private static final double PEAK_SECONDS = 20;

  private final Bed bed;
  private final Options options;
  private final Runner runner;
  private final Progress progress;
  private final SteadyTraffic traffic = new SteadyTraffic(DATABASE);

  public SoakBench(Bed bed, Progress progress) {
    this.bed = bed;
    this.options = bed.options();
    this.runner = new Runner(bed);
    this.progress = progress;
  }

  /** Soaks for as many minutes as asked. */
  public SoakResult run() throws Exception {
    traffic.prepare(bed.source());
    Promotions promotions = new Promotions();
    SoakResult result = new SoakResult(progress::say);
    BiConsumer<String, String> listener =
        (name, value) -> {
          promotions.accept(name, value);
          result.accept(name, value);
        };
    Settings settings =
        bed.sluiceSettings(bed.settings(DATABASE, options.tls()), PIPELINE)
            .with("maxAgeMillis", MAX_AGE_MILLIS);
    long[] changed = new long[1];
    Sample sample =
        runner.sluice(
            "sluice-follow",
            settings,
            listener,
            child -> {
              promotions.awaitStreaming();
              long begun = System.nanoTime();
              changed[0] = traffic.write(bed.source(), PEAK_SECONDS, 0);
              result.awaitRows(changed[0]);
              long peak = (long) (changed[0] / ((System.nanoTime() - begun) / 1e9));
              result.peak(peak);
              result.begin();
              changed[0] += traffic.write(bed.source(), options.minutes() * 60.0, peak / 2);
              result.awaitRows(changed[0]);
              result.end();
              child.stop();
            });
    result.sample(sample);
    if (sample.rows() != changed[0]) {
      throw new IllegalStateException(
          changed[0] + " rows were changed, " + sample.rows() + " were committed");
    }
    if (options.checked()) {
      Equality.check(bed, PIPELINE, DATABASE, List.of(), progress);
    }
    bed.forget(PIPELINE);
    return result;
  }
}
