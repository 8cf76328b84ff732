package io.sluice.cdc.s3.internal.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.SourceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log adds up to after one of its records. It can be made again from the log at any time.
 *
 * @param format the version of this layout
 * @param pipeline the pipeline's id
 * @param commit the number of the last record that is in it
 * @param epoch the epoch of that record
 * @param time when it was written
 * @param promotedUpTo every commit up to this number had been promoted
 * @param source where the stream goes on
 * @param lastSequence the last sequence number used
 * @param schemas the latest structure of every table
 * @param schemaHistory all entries
 * @param load the progress of full loads
 * @param endsInsideTransaction as in the last commit; absent for false
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckpointRecord(
    int format,
    String pipeline,
    long commit,
    long epoch,
    String time,
    long promotedUpTo,
    @Nullable SourceState source,
    long lastSequence,
    List<SchemaEntry> schemas,
    List<String> schemaHistory,
    LoadState load,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean endsInsideTransaction) {}
