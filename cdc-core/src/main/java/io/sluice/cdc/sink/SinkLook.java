package io.sluice.cdc.sink;

import io.sluice.cdc.event.TableName;
import java.time.Instant;
import java.util.List;

/**
 * The state of a pipeline as somebody sees it who does not take it over.
 *
 * @param state the last committed state; its epoch is that of the present writer
 * @param writer who made the last commit or claim
 * @param lastWritten when that was, by the writer's clock
 * @param reloadRequests tables that somebody asked to load again and that were not taken yet
 */
public record SinkLook(
    ResumePoint state, Writer writer, Instant lastWritten, List<TableName> reloadRequests) {
  /** Copies the list. */
  public SinkLook {
    reloadRequests = List.copyOf(reloadRequests);
  }

  /**
   * A process that writes for the pipeline, or did last.
   *
   * @param host the name of its machine
   * @param pid its process id there
   * @param since when it opened the sink, by its clock
   */
  public record Writer(String host, long pid, Instant since) {}
}
