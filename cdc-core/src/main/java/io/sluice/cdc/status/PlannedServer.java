package io.sluice.cdc.status;

import io.sluice.cdc.event.SourcePosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server as a start would find it. Settings are as the server spells them, in upper case; empty
 * where it does not know them.
 *
 * @param address host and port
 * @param version as the server prints it
 * @param serverUuid its {@code server_uuid}
 * @param gtidMode {@code gtid_mode}
 * @param binlogFormat {@code binlog_format}
 * @param binlogRowImage {@code binlog_row_image}
 * @param binlogRowMetadata {@code binlog_row_metadata}
 * @param retention how long binlog files are kept; null for ever, or when something else removes
 *     them
 * @param position where its binlog is now, or null when that could not be read
 */
public record PlannedServer(
    String address,
    String version,
    String serverUuid,
    String gtidMode,
    String binlogFormat,
    String binlogRowImage,
    String binlogRowMetadata,
    @Nullable Duration retention,
    @Nullable SourcePosition position) {}
