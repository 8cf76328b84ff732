package io.sluice.cdc.s3.internal.stage;

import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A file that is stored under the temporary prefix.
 *
 * @param schema the structure of its rows
 * @param schemaVersion the version of that
 * @param kind load rows or changes
 * @param key where it is
 * @param rows its rows
 * @param bytes its size
 * @param checksum {@code crc32c:} and 8 hex digits
 * @param md5 32 hex digits, or null when it was uploaded in parts
 * @param firstSequence the least sequence number in it
 * @param lastSequence the greatest
 * @param day the UTC day of the newest change
 */
public record StagedFile(
    TableSchema schema,
    int schemaVersion,
    RowBatch.Kind kind,
    String key,
    long rows,
    long bytes,
    String checksum,
    @Nullable String md5,
    long firstSequence,
    long lastSequence,
    LocalDate day) {}
