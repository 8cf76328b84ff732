package io.sluice.cdc.sink;

import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last committed state of a pipeline.
 *
 * @param lastCommit the number of the last record in the log
 * @param epoch the epoch that the opening writer has claimed
 * @param lastSequence the last sequence number used, 0 before the first
 * @param source where the stream goes on, or null when it never had a position
 * @param schemaHistory all entries, oldest first
 * @param load the progress of full loads
 * @param schemas the latest structure of every table that has been seen
 */
public record ResumePoint(
    long lastCommit,
    long epoch,
    long lastSequence,
    @Nullable SourceState source,
    List<String> schemaHistory,
    LoadState load,
    List<TableSchema> schemas) {
  /** Copies the lists. */
  public ResumePoint {
    schemaHistory = List.copyOf(schemaHistory);
    schemas = List.copyOf(schemas);
  }
}
