package io.sluice.cdc.internal.batch;

import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.binlog.StreamTable;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of one table, as they were read; decoded on the thread that writes them.
 *
 * @param rows row images; null for a truncate
 * @param bytes what they take in memory, estimated
 */
public record Slice(
    StreamTable table,
    Operation[] operations,
    long[] sequences,
    Transaction[] transactions,
    Object[] @Nullable [] rows,
    int size,
    long bytes)
    implements Handover.Item {

  /** Decodes the rows into columns, and lets go of each: a value may be large. Only once. */
  public RowBatch decode() {
    RowBatch batch = new RowBatch(table.schema(), RowBatch.Kind.CHANGE, size);
    for (int i = 0; i < size; i++) {
      Object[] row = rows[i];
      if (row == null) {
        table.decodeNulls(batch);
      } else {
        table.decode(row, batch);
        rows[i] = null;
      }
      batch.endRow(operations[i], sequences[i], transactions[i]);
    }
    return batch;
  }
}
