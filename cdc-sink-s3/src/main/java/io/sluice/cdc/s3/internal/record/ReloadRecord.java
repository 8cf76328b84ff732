package io.sluice.cdc.s3.internal.record;

/**
 * A request to load a table again.
 *
 * @param format the version of this layout
 * @param pipeline the pipeline's id
 * @param database the database's name
 * @param table the table's name
 * @param id unique for every request
 * @param time when it was made, by the clock of who made it
 * @param host the machine that made it
 * @param pid the process there
 */
public record ReloadRecord(
    int format,
    String pipeline,
    String database,
    String table,
    String id,
    String time,
    String host,
    long pid) {}
