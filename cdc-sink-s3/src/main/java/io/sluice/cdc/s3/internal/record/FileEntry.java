package io.sluice.cdc.s3.internal.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A file of a commit.
 *
 * @param database the database of its table
 * @param table its table
 * @param kind {@code load} or {@code change}
 * @param key where it is once promoted, in the final bucket
 * @param temporaryKey where it was staged, in the temporary bucket
 * @param rows its rows
 * @param bytes its size
 * @param checksum {@code crc32c:} and 8 hex digits over the whole file
 * @param md5 32 hex digits over the whole file; absent when it was uploaded in parts
 * @param schema the version of its table's structure
 * @param firstSequence the least {@code _cdc_seq} in it
 * @param lastSequence the greatest {@code _cdc_seq} in it
 * @param dt the UTC day of the newest change in it
 * @param firstCommit the first commit of which a compacted file holds rows; absent in any other
 * @param lastCommit the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileEntry(
    String database,
    String table,
    String kind,
    String key,
    String temporaryKey,
    long rows,
    long bytes,
    String checksum,
    @Nullable String md5,
    int schema,
    long firstSequence,
    long lastSequence,
    String dt,
    @Nullable Long firstCommit,
    @Nullable Long lastCommit) {

  /** This file in its final place. */
  public FileEntry at(String finalKey) {
    return new FileEntry(
        database,
        table,
        kind,
        finalKey,
        temporaryKey,
        rows,
        bytes,
        checksum,
        md5,
        schema,
        firstSequence,
        lastSequence,
        dt,
        firstCommit,
        lastCommit);
  }
}
