package io.sluice.cdc.s3.internal.record;

/**
 * Says whose a prefix is.
 *
 * @param format the version of this layout
 * @param pipeline the pipeline's id
 * @param location the final location of that pipeline
 */
public record OwnerRecord(int format, String pipeline, String location) {}
