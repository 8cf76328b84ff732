package io.sluice.cdc.spark.internal.log;

import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.LoggedCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a span of the log tells of one table. Immutable once it was read. */
public final class TableLog {
  private final LiveFiles live;
  private final TreeMap<Integer, TableSchema> structures = new TreeMap<>();
  private final List<Entry> files = new ArrayList<>();

  TableLog(LiveFiles live) {
    this.live = live;
  }

  private record Entry(long commit, LoggedCommit.File file) {}

  /**
   * A file that has to be read is not there any more: the table has to be built from its beginning.
   */
  public static final class ReplacedException extends Exception {
    private static final long serialVersionUID = 1L;

    ReplacedException(String key) {
      super(key + " was replaced by a compacted file");
    }
  }

  void add(LoggedCommit.Structure structure) {
    structures.put(structure.version(), structure.schema());
  }

  void add(long commit, LoggedCommit.File file) {
    files.add(new Entry(commit, file));
  }

  /** Structures that the span tells, by version. */
  public NavigableMap<Integer, TableSchema> structures() {
    return structures;
  }

  /** The files that hold the table from its beginning; for a span that is the whole log. */
  public List<LoggedCommit.File> fromTheBeginning() {
    return files.stream().map(Entry::file).filter(live::isLive).toList();
  }

  /**
   * The files with what is new after a commit.
   *
   * @throws ReplacedException when one of them is gone
   */
  public List<LoggedCommit.File> after(long commit) throws ReplacedException {
    List<LoggedCommit.File> found = new ArrayList<>();
    for (Entry entry : files) {
      if (entry.commit() > commit && !live.isCompacted(entry.file())) {
        if (!live.isLive(entry.file())) {
          throw new ReplacedException(entry.file().key());
        }
        found.add(entry.file());
      }
    }
    return found;
  }
}
