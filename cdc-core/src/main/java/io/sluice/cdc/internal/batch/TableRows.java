package io.sluice.cdc.internal.batch;

import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.binlog.StreamTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table that wait to be handed over: first those of complete transactions, then those
 * of the open one. One thread.
 */
final class TableRows {
  private static final int INITIAL = 16;

  private final StreamTable table;
  private Operation[] operations = new Operation[INITIAL];
  private long[] sequences = new long[INITIAL];
  private Transaction[] transactions = new Transaction[INITIAL];
  private Object[] @Nullable [] rows = new Object[INITIAL][];
  private int size;
  private int closed;

  TableRows(StreamTable table) {
    this.table = table;
  }

  StreamTable table() {
    return table;
  }

  void add(Operation operation, long sequence, Transaction transaction, Object @Nullable [] row) {
    if (size == sequences.length) {
      operations = Arrays.copyOf(operations, size * 2);
      sequences = Arrays.copyOf(sequences, size * 2);
      transactions = Arrays.copyOf(transactions, size * 2);
      rows = Arrays.copyOf(rows, size * 2);
    }
    operations[size] = operation;
    sequences[size] = sequence;
    transactions[size] = transaction;
    rows[size] = row;
    size++;
  }

  int size() {
    return size;
  }

  /** The open transaction is complete. */
  void closeTransaction() {
    closed = size;
  }

  /** Whether it holds no row of the open transaction. */
  boolean isClosed() {
    return closed == size;
  }

  int closedSize() {
    return closed;
  }

  /**
   * Takes the first rows out.
   *
   * @param count how many, at most {@link #size()}
   * @param bytesPerRow the estimate to note
   */
  Slice take(int count, long bytesPerRow) {
    Slice slice =
        new Slice(
            table,
            Arrays.copyOf(operations, count),
            Arrays.copyOf(sequences, count),
            Arrays.copyOf(transactions, count),
            Arrays.copyOf(rows, count),
            count,
            count * bytesPerRow);
    int rest = size - count;
    System.arraycopy(operations, count, operations, 0, rest);
    System.arraycopy(sequences, count, sequences, 0, rest);
    System.arraycopy(transactions, count, transactions, 0, rest);
    System.arraycopy(rows, count, rows, 0, rest);
    Arrays.fill(rows, rest, size, null);
    size = rest;
    closed = Math.max(0, closed - count);
    return slice;
  }
}
