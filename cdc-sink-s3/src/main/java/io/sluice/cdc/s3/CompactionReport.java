package io.sluice.cdc.s3;

import java.time.Duration;
import java.util.List;

/**
 * What a compaction did.
 *
 * @param filesBefore small files that were read
 * @param bytesBefore their size
 * @param filesAfter files that were staged in their place; the pipeline commits them
 * @param bytesAfter their size
 * @param rows rows in them
 * @param deletedFiles files deleted that earlier compactions had replaced
 * @param commitsToDelete commits of earlier compactions whose replaced files wait for their time
 * @param hasMore whether there were more files than one run looks at: run it again
 * @param skipped for each day of a table that was left as it is: which, and why
 * @param took how long it took
 */
public record CompactionReport(
    int filesBefore,
    long bytesBefore,
    int filesAfter,
    long bytesAfter,
    long rows,
    int deletedFiles,
    int commitsToDelete,
    boolean hasMore,
    List<String> skipped,
    Duration took) {
  /** Copies the list. */
  public CompactionReport {
    skipped = List.copyOf(skipped);
  }
}
