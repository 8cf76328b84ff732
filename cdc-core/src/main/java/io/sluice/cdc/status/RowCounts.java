package io.sluice.cdc.status;

import io.sluice.cdc.event.Operation;

/**
 * Rows by what they say.
 *
 * @param loads rows of full loads
 * @param inserts inserted
 * @param updates updated
 * @param deletes deleted
 * @param truncates tables emptied
 */
public record RowCounts(long loads, long inserts, long updates, long deletes, long truncates) {
  /** None. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

  /** All rows. */
  public long total() {
    return loads + changes();
  }

  /** All rows but those of full loads. */
  public long changes() {
    return inserts + updates + deletes + truncates;
  }

  /** The sum of both. */
  public RowCounts plus(RowCounts o) {
    return new RowCounts(
        loads + o.loads,
        inserts + o.inserts,
        updates + o.updates,
        deletes + o.deletes,
        truncates + o.truncates);
  }

  /** These counts and {@code n} more of the operation. */
  public RowCounts plus(Operation operation, long n) {
    return switch (operation) {
      case LOAD -> new RowCounts(loads + n, inserts, updates, deletes, truncates);
      case INSERT -> new RowCounts(loads, inserts + n, updates, deletes, truncates);
      case UPDATE -> new RowCounts(loads, inserts, updates + n, deletes, truncates);
      case DELETE -> new RowCounts(loads, inserts, updates, deletes + n, truncates);
      case TRUNCATE -> new RowCounts(loads, inserts, updates, deletes, truncates + n);
    };
  }
}
