package io.sluice.cdc.examples.terminal;

/** How many rows a second, between one look and the next. Not thread-safe. */
final class Speed {
  private long rows;
  private long nanos = System.nanoTime();

  /** Since the last call. */
  long next(long rowsNow) {
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - nanos) / 1e9);
    long perSecond = Math.round((rowsNow - rows) / seconds);
    rows = rowsNow;
    nanos = now;
    return Math.max(0, perSecond);
  }
}
