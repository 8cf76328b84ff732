package io.sluice.cdc.status;

import io.sluice.cdc.event.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * Where the stream will begin.
 *
 * @param position the committed position, or null when there is none: then it begins where the
 *     binlog is at the start
 * @param available whether the server still has everything after it; true without a position
 */
public record PlannedStream(@Nullable SourcePosition position, boolean available) {}
