package io.sluice.cdc.internal.batch;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.binlog.StreamPosition;
import io.sluice.cdc.status.RowCounts;
import java.util.List;
import java.util.Map;

/**
 * The end of a batch: every slice before it is to be committed with this position.
 *
 * @param position where the stream goes on
 * @param firstSequence the first number used, or 0 for none
 * @param lastSequence the last number used so far
 * @param rows what the batch holds
 * @param oldestMicros commit time of its oldest change, 0 without changes
 * @param newestMicros commit time of its newest change, 0 without changes
 * @param insideTransaction whether a transaction that is larger than a batch goes on after it
 * @param schemaHistory new entries of the schema history
 * @param structures structures that were made or changed
 * @param created included tables that were created
 * @param dropped included tables that are gone
 * @param reload included tables whose rows the stream has not shown, so that they must be loaded
 *     (again), each with the reason
 */
public record Cut(
    StreamPosition position,
    long firstSequence,
    long lastSequence,
    RowCounts rows,
    long oldestMicros,
    long newestMicros,
    boolean insideTransaction,
    List<String> schemaHistory,
    List<TableSchema> structures,
    List<TableName> created,
    List<TableName> dropped,
    Map<TableName, String> reload)
    implements Handover.Item {
  @Override
  public long bytes() {
    return 0;
  }
}
