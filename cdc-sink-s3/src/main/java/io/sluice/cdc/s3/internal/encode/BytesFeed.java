package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.Transaction;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes the values of a column of byte strings out of a batch. */
interface BytesFeed {
  /** The index of the table's column, or -1 for a column that every row has. */
  int column();

  /** Points at the values that are not NULL. */
  void take(RowBatch batch, int from, int to, Slices out);

  /** Values as places in one array. */
  final class Slices {
    byte[] data = new byte[0];
    int[] offsets = new int[0];
    int[] lengths = new int[0];
    int count;

    void reset(int capacity) {
      count = 0;
      if (offsets.length < capacity) {
        offsets = new int[capacity];
        lengths = new int[capacity];
      }
    }

    /** Whether a value other than the first stands where the one before it does. */
    boolean repeats(int i) {
      return offsets[i] == offsets[i - 1] && lengths[i] == lengths[i - 1];
    }

    /** Bytes of all values, of neighbours in one place once. */
    long bytes() {
      long bytes = 0;
      for (int i = 0; i < count; i++) {
        bytes += i > 0 && offsets[i] == offsets[i - 1] ? 0 : lengths[i];
      }
      return bytes;
    }

    void add(int offset, int length) {
      offsets[count] = offset;
      lengths[count++] = length;
    }
  }

  /** Text or bytes of the table. */
  record Plain(int column) implements BytesFeed {
    @Override
    public void take(RowBatch batch, int from, int to, Slices out) {
      BytesVector vector = (BytesVector) batch.column(column);
      out.data = vector.data();
      for (int row = from; row < to; row++) {
        if (!vector.isNull(row)) {
          out.add(vector.offset(row), vector.length(row));
        }
      }
    }
  }

  /** Large decimals of the table, brought to one length by extending the sign. */
  record Decimal(int column, int length, Bounds bounds) implements BytesFeed {
    @Override
    public void take(RowBatch batch, int from, int to, Slices out) {
      BytesVector vector = (BytesVector) batch.column(column);
      byte[] data = new byte[(to - from) * length];
      out.data = data;
      int at = 0;
      for (int row = from; row < to; row++) {
        if (!vector.isNull(row)) {
          extend(vector, row, data, at);
          out.add(at, length);
          at += length;
        }
      }
    }

    private void extend(BytesVector vector, int row, byte[] out, int at) {
      byte[] in = vector.data();
      int start = vector.offset(row);
      int size = vector.length(row);
      byte sign = size > 0 && in[start] < 0 ? (byte) -1 : 0;
      int skip = Math.max(size - length, 0);
      for (int i = 0; i <= skip && skip > 0; i++) {
        boolean fits = i < skip ? in[start + i] == sign : (in[start + i] < 0) == (sign < 0);
        if (!fits) {
          throw bounds.refusal(new BigInteger(vector.get(row)) + " (unscaled)");
        }
      }
      int pad = length - (size - skip);
      Arrays.fill(out, at, at + pad, sign);
      System.arraycopy(in, start + skip, out, at + pad, size - skip);
    }
  }

  /** {@code _cdc_op}. */
  record OperationCode() implements BytesFeed {
    private static final byte[] CODES = codes();

    private static byte[] codes() {
      byte[] codes = new byte[Operation.values().length];
      for (Operation operation : Operation.values()) {
        codes[operation.ordinal()] = operation.code();
      }
      return codes;
    }

    @Override
    public int column() {
      return -1;
    }

    @Override
    public void take(RowBatch batch, int from, int to, Slices out) {
      out.data = CODES;
      for (int row = from; row < to; row++) {
        out.add(batch.operation(row).ordinal(), 1);
      }
    }
  }

  /** {@code _cdc_tx}. */
  record TransactionId() implements BytesFeed {
    @Override
    public int column() {
      return -1;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // neighbours of one transaction share the object
    public void take(RowBatch batch, int from, int to, Slices out) {
      Buffer ids = new Buffer();
      Transaction last = batch.transaction(from);
      int start = put(last, ids);
      for (int row = from; row < to; row++) {
        Transaction transaction = batch.transaction(row);
        if (transaction != last) {
          last = transaction;
          start = put(last, ids);
        }
        out.add(start, ids.size() - start);
      }
      out.data = ids.array();
    }

    private static int put(Transaction transaction, Buffer ids) {
      int start = ids.size();
      byte[] id = transaction.id().getBytes(StandardCharsets.UTF_8);
      ids.put(id, 0, id.length);
      return start;
    }
  }

  /** {@code _cdc_origin}: the same for all rows that are written at once. */
  final class Origin implements BytesFeed {
    private byte[] name = new byte[0];

    void set(String origin) {
      name = origin.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int column() {
      return -1;
    }

    @Override
    public void take(RowBatch batch, int from, int to, Slices out) {
      out.data = name;
      for (int row = from; row < to; row++) {
        out.add(0, name.length);
      }
    }
  }
}
