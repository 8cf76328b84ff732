package io.sluice.cdc.status;

import io.sluice.cdc.event.TableName;

/**
 * How far the full load of a table is.
 *
 * @param table the table
 * @param rows rows read by this load
 * @param bytes bytes of values read by this load
 * @param estimatedRows rows that this load has to read by the server's statistics, which may be off
 *     by half
 * @param estimatedBytes bytes that this load has to read by the server's statistics
 * @param done whether the table is complete
 */
public record TableProgress(
    TableName table,
    long rows,
    long bytes,
    long estimatedRows,
    long estimatedBytes,
    boolean done) {}
