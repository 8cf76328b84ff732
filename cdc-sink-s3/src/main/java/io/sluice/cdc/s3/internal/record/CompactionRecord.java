package io.sluice.cdc.s3.internal.record;

import java.util.List;

/**
 * A request to let one file, which is staged already, take the place of others.
 *
 * @param format the version of this layout
 * @param pipeline the pipeline's id
 * @param id unique for every request
 * @param time when it was made, by the clock of who made it
 * @param host the machine that made it
 * @param pid the process there
 * @param readUpTo the last record of the log that was known then
 * @param file what is staged; its key is empty, for the commit decides it
 * @param replaced final keys of the files whose rows it holds
 */
public record CompactionRecord(
    int format,
    String pipeline,
    String id,
    String time,
    String host,
    long pid,
    long readUpTo,
    FileEntry file,
    List<String> replaced) {
  /** Copies the list. */
  public CompactionRecord {
    replaced = List.copyOf(replaced);
  }
}
