package io.sluice.cdc.status;

import java.time.Instant;

/**
 * What the bucket says of the pipeline. Times are by the clocks of the machines that wrote them.
 *
 * @param lastCommit the number of the last commit
 * @param lastWritten when it was written
 * @param epoch the epoch of the writer; a start raises it by one and fences this writer
 * @param host the machine of the process that wrote last
 * @param pid its process id there
 * @param since when it began
 */
public record PlannedState(
    long lastCommit, Instant lastWritten, long epoch, String host, long pid, Instant since) {}
