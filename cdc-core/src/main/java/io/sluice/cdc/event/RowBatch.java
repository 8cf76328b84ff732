package io.sluice.cdc.event;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of one table with one schema, column by column, in order of their sequence.
 *
 * <p>Filled by one thread: append one value to every column, then call {@link #endRow}. Afterwards
 * it may be handed to another thread and is only read. A batch holds either load rows or changes.
 */
public final class RowBatch {
  private static final int DEFAULT_ROWS = 64;

  private final TableSchema schema;
  private final Kind kind;
  private final ColumnVector[] columns;
  private Operation[] operations;
  private long[] sequences;
  private Transaction[] transactions;
  private int size;

  /** Whether rows came from a full load or from the binlog; they never share a file. */
  public enum Kind {
    /** Rows of a full load. */
    LOAD,
    /** Changes, truncates among them. */
    CHANGE
  }

  /** An empty batch. */
  public RowBatch(TableSchema schema, Kind kind) {
    this(schema, kind, DEFAULT_ROWS);
  }

  /**
   * An empty batch.
   *
   * @param rows how many it has room for before it grows, at least 1
   */
  public RowBatch(TableSchema schema, Kind kind, int rows) {
    this(schema, kind, columns(schema, rows), rows);
  }

  private RowBatch(TableSchema schema, Kind kind, ColumnVector[] columns, int rows) {
    this.schema = schema;
    this.kind = kind;
    this.columns = columns;
    this.operations = new Operation[rows];
    this.sequences = new long[rows];
    this.transactions = new Transaction[rows];
  }

  /** The rows of another batch in another structure. */
  private RowBatch(TableSchema schema, ColumnVector[] columns, RowBatch rows) {
    this.schema = schema;
    this.kind = rows.kind;
    this.columns = columns;
    this.operations = rows.operations;
    this.sequences = rows.sequences;
    this.transactions = rows.transactions;
    this.size = rows.size;
  }

  /**
   * An empty batch of the same structure and kind, with room for about as many rows as this one
   * has, so that it need not grow.
   */
  public RowBatch another() {
    ColumnVector[] empty = new ColumnVector[columns.length];
    for (int i = 0; i < empty.length; i++) {
      empty[i] = columns[i].another();
    }
    return new RowBatch(schema, kind, empty, Math.max(1, size));
  }

  /**
   * The same rows with other columns. Shares memory with this batch, to which nothing may be
   * appended any more.
   *
   * @param other the structure of the columns
   * @param values one for each of its columns, with a value for every row
   */
  public RowBatch withColumns(TableSchema other, List<ColumnVector> values) {
    if (values.size() != other.columns().size()
        || values.stream().anyMatch(column -> column.size() != size)) {
      throw new IllegalArgumentException("the columns do not fit the structure or the rows");
    }
    return new RowBatch(other, values.toArray(new ColumnVector[0]), this);
  }

  private static ColumnVector[] columns(TableSchema schema, int rows) {
    ColumnVector[] columns = new ColumnVector[schema.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnVector.of(schema.columns().get(i).type(), rows);
    }
    return columns;
  }

  /** The structure of the rows. */
  public TableSchema schema() {
    return schema;
  }

  /** Load rows or changes. */
  public Kind kind() {
    return kind;
  }

  /** Rows completed with {@link #endRow}. */
  public int size() {
    return size;
  }

  /** The values of a column, in the order of {@link TableSchema#columns()}. */
  public ColumnVector column(int index) {
    return columns[index];
  }

  /**
   * Completes a row whose columns have been appended.
   *
   * @param operation what happened; {@link Operation#LOAD} exactly in a batch of that kind
   * @param sequence the row's {@code _cdc_seq}
   * @param transaction the transaction it belongs to
   */
  public void endRow(Operation operation, long sequence, Transaction transaction) {
    if (size == sequences.length) {
      operations = Arrays.copyOf(operations, size * 2);
      sequences = Arrays.copyOf(sequences, size * 2);
      transactions = Arrays.copyOf(transactions, size * 2);
    }
    operations[size] = operation;
    sequences[size] = sequence;
    transactions[size] = transaction;
    size++;
  }

  /** What the row says. */
  public Operation operation(int row) {
    return operations[row];
  }

  /** The row's {@code _cdc_seq}. */
  public long sequence(int row) {
    return sequences[row];
  }

  /** The transaction of the row; the same object for neighbours of one transaction. */
  public Transaction transaction(int row) {
    return transactions[row];
  }

  /** Heap bytes that the rows take, approximately. */
  public long bytes() {
    long bytes = 24L * size;
    for (ColumnVector column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }
}
