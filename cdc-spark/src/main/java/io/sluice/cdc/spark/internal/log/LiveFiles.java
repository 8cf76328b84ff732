package io.sluice.cdc.spark.internal.log;

import io.sluice.cdc.s3.LoggedCommit;
import java.util.HashSet;
import java.util.Set;

/**
 * The one place that knows what compaction of the pipeline's own small files means to a reader: a
 * compacted file holds the rows of files that it replaced, and nothing new. Who reads a table from
 * its beginning takes the files that are not replaced; who goes on from a number takes what is new
 * and passes compacted files over. Not thread-safe while commits are added.
 */
final class LiveFiles {
  private final Set<String> replaced = new HashSet<>();
  private final Set<String> compacted = new HashSet<>();

  /** A commit that may be merged: what took the place of its replaced files can be read. */
  void add(LoggedCommit commit) {
    replaced.addAll(commit.replaced());
    commit.compacted().forEach(file -> compacted.add(file.key()));
  }

  /** Whether the file is still there as far as the log tells. */
  boolean isLive(LoggedCommit.File file) {
    return !replaced.contains(file.key());
  }

  /** Whether the file holds rows of other files. */
  boolean isCompacted(LoggedCommit.File file) {
    return compacted.contains(file.key());
  }
}
