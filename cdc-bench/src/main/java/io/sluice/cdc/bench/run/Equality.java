package io.sluice.cdc.bench.run;

/** Asks the checker whether what Sluice wrote is what MySQL holds. */
final class Equality {
  private Equality() {}

  static void check(Bed bed, String pipeline, String database, Progress progress) {
    // TODO RowChecker
  }
}
