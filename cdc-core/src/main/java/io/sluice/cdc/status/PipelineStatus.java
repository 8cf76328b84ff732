package io.sluice.cdc.status;

import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline at one moment. Immutable.
 *
 * @param state where it is in its life
 * @param load the full load of this process
 * @param rows rows committed by this process
 * @param commits commits made by this process
 * @param files files committed by this process
 * @param bytes bytes of those files
 * @param lastCommit number of the last commit in the log
 * @param position where the stream goes on after the last commit, or null before it has a position
 * @param lagMicros age of the newest change read from the binlog when it was read; 0 when nothing
 *     waits to be read
 * @param nullified zero and invalid dates that became NULL in this process, by {@code
 *     database.table.column}
 * @param reloads tables that this process was made to load (again), each with the last reason: a
 *     request, a table that took another one's name, a statement that changed values without saying
 *     which
 */
public record PipelineStatus(
    PipelineState state,
    LoadProgress load,
    RowCounts rows,
    long commits,
    long files,
    long bytes,
    long lastCommit,
    @Nullable SourcePosition position,
    long lagMicros,
    Map<String, Long> nullified,
    Map<TableName, String> reloads) {
  /** Copies the maps. */
  public PipelineStatus {
    nullified = Map.copyOf(nullified);
    reloads = Map.copyOf(reloads);
  }
}
