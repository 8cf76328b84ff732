package io.sluice.cdc.sink;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state that becomes true together with the rows of a stage.
 *
 * @param source where the stream goes on after this commit, or null while it has no position yet
 * @param firstSequence the first sequence number that this commit uses, or 0 for none
 * @param lastSequence the last sequence number used up to and including this commit, views included
 * @param endsInsideTransaction whether it holds only a part of a transaction that is larger than
 *     the limits allow
 * @param schemaHistory entries to append to the schema history, opaque texts
 * @param load what it changes in the progress of full loads
 * @param schemas structures that became known since the last commit, also those without rows
 */
public record CommitRequest(
    @Nullable SourceState source,
    long firstSequence,
    long lastSequence,
    boolean endsInsideTransaction,
    List<String> schemaHistory,
    LoadChange load,
    List<TableSchema> schemas) {
  /** Copies the lists. */
  public CommitRequest {
    schemaHistory = List.copyOf(schemaHistory);
    schemas = List.copyOf(schemas);
  }
}
