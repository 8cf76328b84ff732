package io.sluice.cdc.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians of samples and other statistics of a few numbers. */
public final class Medians {
  private Medians() {}

  /** NaN for none. */
  static double of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return quantile(samples.stream().mapToDouble(figure).toArray(), 0.5);
  }

  /**
   * The median is the mean of the two in the middle when their number is even; other quantiles take
   * the nearest one above.
   */
  public static double quantile(double[] values, double q) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    if (q == 0.5 && sorted.length % 2 == 0) {
      return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }
    int index = (int) Math.ceil(q * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, index))];
  }
}
