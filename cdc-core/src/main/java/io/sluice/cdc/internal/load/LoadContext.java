package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.ZeroDates;

/**
 * What the readers of one load share.
 *
 * @param plan what is to be read
 * @param output where rows go
 * @param listener who is told
 * @param guard notices tables that change
 * @param watch sees to it that the binlog outlives the load
 * @param zeroDates what becomes of zero dates
 * @param chunkBytes about how much one unit holds
 */
record LoadContext(
    LoadPlan plan,
    LoadOutput output,
    LoadListener listener,
    StructureGuard guard,
    RetentionWatch watch,
    ZeroDates zeroDates,
    long chunkBytes) {}
