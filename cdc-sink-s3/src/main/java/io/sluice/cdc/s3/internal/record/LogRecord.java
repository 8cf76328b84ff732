package io.sluice.cdc.s3.internal.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.SourceState;
import java.util.List;
import java.util.stream.Stream;
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
 * @param compacted files that hold the rows of older ones once more; absent when there are none
 * @param replaced final keys of those older ones; absent when there are none
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
    LoadChange load,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FileEntry> compacted,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> replaced) {
  /** The version of everything but what {@link #FORMAT_COMPACTED} is for. */
  public static final int FORMAT = 1;

  /**
   * The version of a record that compacts: who does not know it would go on with files that are
   * deleted one day.
   */
  public static final int FORMAT_COMPACTED = 2;

  /** The newest version that this code reads. */
  public static final int NEWEST_FORMAT = FORMAT_COMPACTED;

  /** Rows and state. */
  public static final String COMMIT = "commit";

  /** A writer took the pipeline over. */
  public static final String CLAIM = "claim";

  /** What was absent is an empty list. */
  @SuppressWarnings("ConstantValue") // Jackson passes null for what is absent
  public LogRecord {
    compacted = compacted == null ? List.of() : List.copyOf(compacted);
    replaced = replaced == null ? List.of() : List.copyOf(replaced);
  }

  /** One that compacts nothing. */
  public LogRecord(
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
    this(
        format,
        kind,
        commit,
        pipeline,
        epoch,
        writer,
        time,
        source,
        firstSequence,
        lastSequence,
        endsInsideTransaction,
        files,
        schemas,
        schemaHistory,
        load,
        List.of(),
        List.of());
  }

  /** Every file that it puts into the final place. */
  public List<FileEntry> staged() {
    return Stream.concat(files.stream(), compacted.stream()).toList();
  }

  /** Whether it is a claim. */
  @JsonIgnore
  public boolean isClaim() {
    return kind.equals(CLAIM);
  }
}
