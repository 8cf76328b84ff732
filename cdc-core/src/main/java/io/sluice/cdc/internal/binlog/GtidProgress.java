package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.GtidSet;

/**
 * The set of all transactions that are done, to which one after the other is added. Immutable and
 * cheap to grow while their numbers follow on each other, which is what they do on a server that
 * only its clients write to: then a transaction costs one small object, and no text.
 *
 * @param before what was done before the run
 * @param source whose transactions the run is of: a server's UUID, with a tag where there is one
 * @param from the first number of the run
 * @param to its last; less than {@code from} when there is no run
 */
record GtidProgress(GtidSet before, String source, long from, long to) {
  static GtidProgress of(GtidSet done) {
    return new GtidProgress(done, "", 1, 0);
  }

  /** With one more transaction. */
  GtidProgress with(String newSource, long number) {
    if (number == to + 1 && newSource.equals(source)) {
      return new GtidProgress(before, source, from, number);
    }
    return new GtidProgress(set(), newSource, number, number);
  }

  GtidSet set() {
    return from > to ? before : before.union(GtidSet.parse(source + ":" + from + "-" + to));
  }
}
