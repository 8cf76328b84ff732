package io.sluice.cdc.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start of the pipeline would do, found out without doing it.
 *
 * @param pipeline the pipeline's id
 * @param server the server
 * @param state what the bucket says, or null when the pipeline was never started there
 * @param stream where the stream will begin
 * @param view how the load will see one moment, or null when nothing is to be loaded
 * @param tables every table that is included or known, in order of their names
 * @param problems why a start would be refused; empty when it would begin
 * @param advice what a start accepts but a person should know
 */
public record PipelinePlan(
    String pipeline,
    PlannedServer server,
    @Nullable PlannedState state,
    PlannedStream stream,
    @Nullable PlannedView view,
    List<PlannedTable> tables,
    List<Finding> problems,
    List<Finding> advice) {
  /** Copies the lists. */
  public PipelinePlan {
    tables = List.copyOf(tables);
    problems = List.copyOf(problems);
    advice = List.copyOf(advice);
  }

  /** Whether nothing speaks against a start. */
  public boolean startable() {
    return problems.isEmpty();
  }

  /** How many tables are to be loaded. */
  public long tablesToLoad() {
    return tables.stream().filter(PlannedTable::toBeLoaded).count();
  }

  /** About how many rows are to be loaded. */
  public long rowsToLoad() {
    return tables.stream().mapToLong(PlannedTable::rowsToLoad).sum();
  }

  /** About how many bytes are to be loaded. */
  public long bytesToLoad() {
    return tables.stream().mapToLong(PlannedTable::bytesToLoad).sum();
  }

  /** About how many chunks are to be read. */
  public long chunks() {
    return tables.stream().mapToLong(PlannedTable::chunks).sum();
  }
}
