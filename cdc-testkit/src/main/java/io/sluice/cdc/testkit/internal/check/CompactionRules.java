package io.sluice.cdc.testkit.internal.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A compaction holds exactly the rows of the files that it replaces, as far as the log tells. */
final class CompactionRules {
  private final Findings findings;
  private final Map<String, LogFile> live = new HashMap<>();

  private CompactionRules(Findings findings) {
    this.findings = findings;
  }

  static void check(CommitLog log, Findings findings) {
    CompactionRules rules = new CompactionRules(findings);
    log.records().forEach(rules::check);
  }

  private void check(LogRecord record) {
    record.files().forEach(file -> live.put(file.key(), file));
    Map<Like, List<LogFile>> before = new HashMap<>();
    for (String key : record.replaced()) {
      LogFile file = live.remove(key);
      if (file == null) {
        findings.add(key, "to be replaced once, and listed before", "commit " + record.commit());
      } else {
        before.computeIfAbsent(Like.of(file), l -> new ArrayList<>()).add(file);
      }
    }
    Map<Like, List<LogFile>> after = new HashMap<>();
    for (LogFile file : record.compacted()) {
      live.put(file.key(), file);
      after.computeIfAbsent(Like.of(file), l -> new ArrayList<>()).add(file);
    }
    if (!sums(before).equals(sums(after))) {
      findings.add(
          "log record " + record.commit(),
          "compacted files with what they replace: " + sums(before),
          sums(after).toString());
    }
  }

  private static Map<Like, Sum> sums(Map<Like, List<LogFile>> files) {
    Map<Like, Sum> sums = new HashMap<>();
    files.forEach((like, each) -> sums.put(like, Sum.of(each)));
    return sums;
  }

  private record Like(TableId table, String day, String kind, int schema) {
    static Like of(LogFile file) {
      return new Like(file.tableId(), String.valueOf(file.dt()), file.kind(), file.schema());
    }
  }

  private record Sum(long rows, long first, long last) {
    static Sum of(List<LogFile> files) {
      return new Sum(
          files.stream().mapToLong(LogFile::rows).sum(),
          files.stream().mapToLong(LogFile::firstSequence).min().orElse(0),
          files.stream().mapToLong(LogFile::lastSequence).max().orElse(0));
    }
  }
}
