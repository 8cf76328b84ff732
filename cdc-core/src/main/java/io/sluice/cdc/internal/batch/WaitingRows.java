package io.sluice.cdc.internal.batch;

import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.binlog.StreamTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all tables that are not handed over yet, and what batch and open transaction add up
 * to. Rows go in slices of one table: enough of them to encode column by column, few enough to stay
 * in the cache. Guarded like the {@link Batcher} that owns it.
 */
final class WaitingRows {
  private static final int SLICE_ROWS = 4096;
  private static final long SLICE_BYTES = 4L << 20;

  /** Rows of many tables that wait to become slices; more would only grow old in the heap. */
  private static final long MOST_HELD_BYTES = 16L << 20;

  private static final int CELL_OVERHEAD_BYTES = 24;

  private final Handover handover;
  private final Map<StreamTable, TableRows> tables = new LinkedHashMap<>();

  /** Those with rows of the open transaction; one may be here twice. */
  private final List<TableRows> opened = new ArrayList<>();

  private Tally closed = new Tally();
  private Tally open = new Tally();
  private long held;

  WaitingRows(Handover handover) {
    this.handover = handover;
  }

  /** What the complete transactions of the batch add up to. */
  Tally closed() {
    return closed;
  }

  /** What the open transaction adds up to, as far as it is not cut off. */
  Tally open() {
    return open;
  }

  /** Adds a row to the open transaction. */
  void add(
      StreamTable table,
      Operation operation,
      long number,
      Transaction transaction,
      Object @Nullable [] row,
      long bytes) {
    TableRows rows = tables.get(table);
    if (rows == null) {
      rows = new TableRows(table);
      tables.put(table, rows);
    }
    if (rows.isClosed()) {
      opened.add(rows);
    }
    rows.add(operation, number, transaction, row);
    open.row(operation, number, transaction.commitMicros(), bytes);
    held += bytes + heapOverhead(table);
  }

  /** The open transaction is complete: full slices go. */
  void closeTransaction() throws InterruptedException {
    closed.add(open);
    open = new Tally();
    for (TableRows rows : opened) {
      rows.closeTransaction();
      if (rows.closedSize() >= SLICE_ROWS) {
        handOver(rows, rows.closedSize());
      }
    }
    opened.clear();
    if (held >= MOST_HELD_BYTES) {
      handOverClosed();
    }
  }

  /** Lets the full slices go, also of the open transaction. */
  void handOverFull() throws InterruptedException {
    for (TableRows rows : tables.values()) {
      if (rows.size() >= SLICE_ROWS || rows.size() * averageBytes() >= SLICE_BYTES) {
        handOver(rows, rows.size());
      }
    }
  }

  /** Lets everything before the open transaction go. */
  void handOverClosed() throws InterruptedException {
    for (TableRows rows : tables.values()) {
      handOver(rows, rows.closedSize());
    }
  }

  /** Lets everything go; the tables stay, for more of the open transaction comes. */
  void handOverAll() throws InterruptedException {
    for (TableRows rows : tables.values()) {
      handOver(rows, rows.size());
    }
    held = 0;
  }

  /** The batch is cut behind its complete transactions. */
  void startBatch() {
    closed = new Tally();
  }

  /** The batch is cut behind its last row, inside the open transaction. */
  void cutOpen() {
    open = new Tally();
  }

  /** Forgets tables, of which none has a row left. */
  void forgetTables() {
    tables.clear();
  }

  private void handOver(TableRows rows, int count) throws InterruptedException {
    int left = count;
    while (left > 0) {
      int size = Math.min(left, 2 * SLICE_ROWS);
      Slice slice = rows.take(size, averageBytes() + heapOverhead(rows.table()));
      held = Math.max(0, held - slice.bytes());
      handover.put(slice);
      left -= size;
    }
  }

  /** What a row takes in the heap beyond its bytes in the binlog. */
  private static long heapOverhead(StreamTable table) {
    return (long) CELL_OVERHEAD_BYTES * table.schema().columns().size();
  }

  private long averageBytes() {
    long rows = closed.rows() + open.rows();
    return rows == 0 ? 0 : (closed.bytes() + open.bytes()) / rows;
  }
}
