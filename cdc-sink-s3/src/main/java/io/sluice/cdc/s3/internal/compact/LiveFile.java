package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.FileEntry;

/**
 * A file that no other has replaced.
 *
 * @param entry as its commit lists it
 * @param commit the number of that
 */
record LiveFile(FileEntry entry, long commit) {
  long firstCommit() {
    Long first = entry.firstCommit();
    return first == null ? commit : first;
  }

  long lastCommit() {
    Long last = entry.lastCommit();
    return last == null ? commit : last;
  }

  /** How its rows are called in a compacted file. */
  String origin() {
    return Keys.originOf(entry.key());
  }
}
