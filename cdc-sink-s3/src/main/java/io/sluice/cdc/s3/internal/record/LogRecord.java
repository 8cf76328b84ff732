package io.sluice.cdc.s3.internal.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.SourceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object of the commit log. The names of the fields are the names in JSON and are a promise.
 *
 * @param format the version of this layout
 * @param kind {@link #COMMIT} or {@link #CLAIM}
 * @param commit its number; the log has no holes
 * @param pipeline the pipeline's id
 * @param epoch the epoch of the writer
 * @param writer who wrote it
 * @param time when, by the writer's clock
 * @param source where the stream goes on; absent when it has no position, and in a claim
 * @param firstSequence the first sequence number used by this commit, or 0
 * @param lastSequence the last sequence number used so far
 * @param endsInsideTransaction whether it holds a part of one large transaction and more follows
 * @param files the files it makes
 * @param schemas structures that are new
 * @param schemaHistory entries to append to the schema history
 * @param load what it changes in the progress of full loads
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogRecord(
    int format,
    String kind,
    long commit,
    String pipeline,
    long epoch,
    WriterEntry writer,
    String time,
    @Nullable SourceState source,
    long firstSequence,
    long lastSequence,
    boolean endsInsideTransaction,
    List<FileEntry> files,
    List<SchemaEntry> schemas,
    List<String> schemaHistory,
    LoadChange load) {
  /** The version that this code writes and reads. */
  public static final int FORMAT = 1;

  /** Rows and state. */
  public static final String COMMIT = "commit";

  /** A writer took the pipeline over. */
  public static final String CLAIM = "claim";

  /** Whether it is a claim. */
  @JsonIgnore
  public boolean isClaim() {
    return kind.equals(CLAIM);
  }
}
