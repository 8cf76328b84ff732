package io.sluice.cdc.bench.child;

/** One thing to measure. */
@FunctionalInterface
interface Job {
  /** Does the work between {@code meter.begin()} and {@code meter.end(rows)}. */
  void run(Settings settings, Meter meter) throws Exception;
}
