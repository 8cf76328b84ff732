package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.CheckCounts;
import java.util.HashMap;
import java.util.Map;

/** Counts what was looked at. */
final class Tally {
  private final Map<String, Long> byOperation = new HashMap<>();
  private int tables;
  private long rows;
  private long files;
  private long bytes;

  void operation(String code, long count) {
    byOperation.merge(code, count, Long::sum);
  }

  void file(long size) {
    files++;
    bytes += size;
  }

  void table(long mysqlRows) {
    tables++;
    rows += mysqlRows;
  }

  CheckCounts counts(CommitLog log) {
    return new CheckCounts(
        tables,
        rows,
        of("r"),
        of("c"),
        of("u"),
        of("d"),
        of("t"),
        log.count(LogRecord.COMMIT),
        log.count(LogRecord.CLAIM),
        files,
        bytes,
        log.lastSequence());
  }

  private long of(String code) {
    return byOperation.getOrDefault(code, 0L);
  }
}
