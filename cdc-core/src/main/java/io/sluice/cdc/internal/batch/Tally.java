package io.sluice.cdc.internal.batch;

import io.sluice.cdc.event.Operation;
import io.sluice.cdc.status.RowCounts;

/** Counts what a batch, or the open transaction, holds. One thread. */
final class Tally {
  private long inserts;
  private long updates;
  private long deletes;
  private long truncates;
  private long bytes;
  private long firstSequence;
  private long oldestMicros;
  private long newestMicros;

  void row(Operation operation, long sequence, long commitMicros, long rowBytes) {
    switch (operation) {
      case INSERT -> inserts++;
      case UPDATE -> updates++;
      case DELETE -> deletes++;
      case TRUNCATE -> truncates++;
      case LOAD -> throw new IllegalArgumentException("the stream has no load rows");
    }
    bytes += rowBytes;
    if (firstSequence == 0) {
      firstSequence = sequence;
      oldestMicros = commitMicros;
      newestMicros = commitMicros;
    }
    oldestMicros = Math.min(oldestMicros, commitMicros);
    newestMicros = Math.max(newestMicros, commitMicros);
  }

  void add(Tally other) {
    if (other.rows() == 0) {
      return;
    }
    boolean first = rows() == 0;
    inserts += other.inserts;
    updates += other.updates;
    deletes += other.deletes;
    truncates += other.truncates;
    bytes += other.bytes;
    firstSequence = first ? other.firstSequence : firstSequence;
    oldestMicros = first ? other.oldestMicros : Math.min(oldestMicros, other.oldestMicros);
    newestMicros = Math.max(newestMicros, other.newestMicros);
  }

  long rows() {
    return inserts + updates + deletes + truncates;
  }

  long bytes() {
    return bytes;
  }

  long firstSequence() {
    return firstSequence;
  }

  long oldestMicros() {
    return oldestMicros;
  }

  long newestMicros() {
    return newestMicros;
  }

  RowCounts counts() {
    return new RowCounts(0, inserts, updates, deletes, truncates);
  }
}
