package io.sluice.cdc.spark.internal.log;

import io.sluice.cdc.s3.LoggedCommit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The one place that knows what compaction of the pipeline's own small files means to a reader: a
 * compacted file holds the rows of files that it replaced, and nothing new. Who reads a table from
 * its beginning takes the files that are not replaced; who goes on from a number takes what is new
 * and passes compacted files over. Not thread-safe while commits are added.
 */
final class LiveFiles {
  private final Set<String> replaced = new HashSet<>();
  private final Function<LoggedCommit, Collection<String>> replacedBy;
  private final Predicate<LoggedCommit.File> compacted;

  /**
   * Files.
   *
   * @param replacedBy keys of the files that a commit replaces
   * @param compacted whether a file holds rows of other files
   */
  LiveFiles(
      Function<LoggedCommit, Collection<String>> replacedBy,
      Predicate<LoggedCommit.File> compacted) {
    this.replacedBy = replacedBy;
    this.compacted = compacted;
  }

  /**
   * As the log tells it. So far {@link LoggedCommit} tells neither: once it does, they are named
   * here, as {@code new LiveFiles(LoggedCommit::replaced, LoggedCommit.File::compacted)}.
   */
  static LiveFiles asLogged() {
    return new LiveFiles(commit -> List.of(), file -> false);
  }

  /** A commit that may be merged: what took the place of its replaced files can be read. */
  void add(LoggedCommit commit) {
    replaced.addAll(replacedBy.apply(commit));
  }

  /** Whether the file is still there as far as the log tells. */
  boolean isLive(LoggedCommit.File file) {
    return !replaced.contains(file.key());
  }

  /** Whether the file holds rows of other files. */
  boolean isCompacted(LoggedCommit.File file) {
    return compacted.test(file);
  }
}
