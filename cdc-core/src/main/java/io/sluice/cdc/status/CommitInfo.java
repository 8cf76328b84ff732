package io.sluice.cdc.status;

import io.sluice.cdc.event.SourcePosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One commit.
 *
 * @param commit its number in the log
 * @param rows what it holds
 * @param files how many files
 * @param bytes bytes of the files
 * @param oldestChangeMicros when its oldest change was committed in MySQL, microseconds since 1970
 *     UTC; 0 without changes
 * @param newestChangeMicros likewise its newest
 * @param committedAt when the commit record was written
 * @param position where the stream goes on after it, or null before the stream has a position
 */
public record CommitInfo(
    long commit,
    RowCounts rows,
    int files,
    long bytes,
    long oldestChangeMicros,
    long newestChangeMicros,
    Instant committedAt,
    @Nullable SourcePosition position) {}
