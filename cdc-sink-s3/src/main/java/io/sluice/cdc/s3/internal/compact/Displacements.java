package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.s3.internal.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Which records of the log may have taken files out of use that were there before: those that
 * replace files, and those that forget a table. Knows numbers alone, so that it stays small.
 * Thread-safe.
 */
public final class Displacements {
  private final long unknownUpTo;
  private final List<Long> known = new ArrayList<>();

  /**
   * From a record on.
   *
   * @param unknownUpTo of the records up to this one nothing is known
   */
  public Displacements(long unknownUpTo) {
    this.unknownUpTo = unknownUpTo;
  }

  /** Adds a record that was appended. */
  public synchronized void add(LogRecord record) {
    if (!record.replaced().isEmpty() || !record.load().forgotten().isEmpty()) {
      known.add(record.commit());
    }
  }

  /** Whether one was added after a record. */
  public synchronized boolean anyAfter(long commit) {
    return !known.isEmpty() && known.get(known.size() - 1) > commit;
  }

  /** How many of the records after one would have to be read because nothing is known of them. */
  public long unknownAfter(long commit) {
    return Math.max(0, unknownUpTo - commit);
  }

  /** The numbers after one that have to be looked at. */
  public synchronized List<Long> after(long commit) {
    return LongStream.concat(
            LongStream.rangeClosed(commit + 1, unknownUpTo),
            known.stream().mapToLong(Long::longValue).filter(number -> number > commit))
        .boxed()
        .toList();
  }
}
