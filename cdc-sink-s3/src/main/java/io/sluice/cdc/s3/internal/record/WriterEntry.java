package io.sluice.cdc.s3.internal.record;

/**
 * A process that writes for a pipeline.
 *
 * @param id unique for every opening of a sink
 * @param host the name of the machine
 * @param pid the process id there
 * @param since when it opened the sink, by its clock
 */
public record WriterEntry(String id, String host, long pid, String since) {}
