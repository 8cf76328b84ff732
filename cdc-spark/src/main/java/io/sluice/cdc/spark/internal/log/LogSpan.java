package io.sluice.cdc.spark.internal.log;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.CommitLogReader;
import io.sluice.cdc.s3.LoggedCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The commits that one run looks at: from one that was looked at before to the last that may be
 * merged. Immutable.
 *
 * @param after the number after which it begins; 0 when it is the whole log
 * @param through the number of the last commit that may be merged; {@code after} when there is none
 * @param tables what it tells of each table
 */
public record LogSpan(long after, long through, Map<TableName, TableLog> tables) {

  /**
   * Reads it.
   *
   * @param after the number after which to begin
   */
  public static LogSpan read(CommitLogReader log, long after) throws InterruptedException {
    LiveFiles live = new LiveFiles();
    List<LoggedCommit> commits = new ArrayList<>();
    log.read(after, commits::add);
    int end = mergeable(log, commits);
    Map<TableName, TableLog> tables = new TreeMap<>();
    for (LoggedCommit commit : commits.subList(0, end)) {
      live.add(commit);
      commit.structures().forEach(s -> of(tables, s.schema().table(), live).add(s));
      made(commit).forEach(file -> of(tables, file.table(), live).add(commit.commit(), file));
    }
    return new LogSpan(after, end == 0 ? after : commits.get(end - 1).commit(), tables);
  }

  /** Whether nothing lies before it. */
  public boolean isWhole() {
    return after == 0;
  }

  private static List<LoggedCommit.File> made(LoggedCommit commit) {
    return Stream.concat(commit.files().stream(), commit.compacted().stream()).toList();
  }

  private static TableLog of(Map<TableName, TableLog> tables, TableName table, LiveFiles live) {
    return tables.computeIfAbsent(table, t -> new TableLog(live));
  }

  /**
   * How many of the commits may be merged: all are promoted, and the last one does not end inside a
   * transaction.
   */
  private static int mergeable(CommitLogReader log, List<LoggedCommit> commits) {
    int end = commits.size();
    for (int i = commits.size() - 1; i >= 0; i--) {
      if (!made(commits.get(i)).isEmpty()) {
        if (log.isPromoted(commits.get(i).commit())) {
          break;
        }
        end = i;
      }
    }
    while (end > 0 && commits.get(end - 1).endsInsideTransaction()) {
      end--;
    }
    return end;
  }
}
