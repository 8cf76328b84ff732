package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.DoubleVector;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.RowBatch;

/** Takes the values of a column of numbers out of a batch. */
interface LongFeed {
  /** The index of the table's column, or -1 for a column that every row has. */
  int column();

  /**
   * Copies the values that are not NULL.
   *
   * @return how many
   */
  int take(RowBatch batch, int from, int to, long[] out);

  /** A whole number of the table, checked against the bounds of its type. */
  record Whole(int column, Bounds bounds) implements LongFeed {
    @Override
    public int take(RowBatch batch, int from, int to, long[] out) {
      LongVector vector = (LongVector) batch.column(column);
      int count = 0;
      if (vector.hasNulls()) {
        for (int row = from; row < to; row++) {
          out[count] = vector.get(row);
          count += vector.isNull(row) ? 0 : 1;
        }
      } else {
        for (int row = from; row < to; row++) {
          out[count++] = vector.get(row);
        }
      }
      bounds.check(out, count);
      return count;
    }
  }

  /** A floating point number of the table. */
  record Floating(int column, boolean single) implements LongFeed {
    @Override
    public int take(RowBatch batch, int from, int to, long[] out) {
      ColumnVector nulls = batch.column(column);
      DoubleVector vector = (DoubleVector) nulls;
      int count = 0;
      for (int row = from; row < to; row++) {
        double value = vector.get(row);
        out[count] =
            single ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
        count += nulls.isNull(row) ? 0 : 1;
      }
      return count;
    }
  }

  /** {@code _cdc_seq}. */
  record Sequence() implements LongFeed {
    @Override
    public int column() {
      return -1;
    }

    @Override
    public int take(RowBatch batch, int from, int to, long[] out) {
      for (int row = from; row < to; row++) {
        out[row - from] = batch.sequence(row);
      }
      return to - from;
    }
  }

  /** {@code _cdc_ts}. */
  record CommitTime() implements LongFeed {
    @Override
    public int column() {
      return -1;
    }

    @Override
    public int take(RowBatch batch, int from, int to, long[] out) {
      for (int row = from; row < to; row++) {
        out[row - from] = batch.transaction(row).commitMicros();
      }
      return to - from;
    }
  }
}
