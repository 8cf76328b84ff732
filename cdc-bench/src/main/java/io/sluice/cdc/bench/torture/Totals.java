package io.sluice.cdc.bench.torture;

import io.sluice.cdc.bench.torture.judge.Onlooker;
import io.sluice.cdc.testkit.check.CheckCounts;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;

/** The figures at the end of a run. */
final class Totals {
  private final Map<Onlooker, Boolean> onlookers = new IdentityHashMap<>();
  private int rounds;
  private long rows;
  private long changes;
  private long transactions;
  private long commits;

  void add(RoundResult result, Onlooker onlooker) {
    onlookers.put(onlooker, true);
    rounds++;
    transactions += result.transactions();
    CheckCounts counts = result.counts();
    if (counts != null) {
      rows += counts.rows() + counts.loads();
      changes += counts.changes();
      commits += counts.commits();
    }
  }

  /**
   * Rows and transactions count as often as they were judged: a round judges everything since its
   * pipeline's first.
   */
  String inWords(Duration took) {
    return String.format(
        Locale.ROOT,
        "%d rounds over %d pipelines in %d min %d s; judged %,d rows, %,d changes, %,d transactions, %,d commits;"
            + " the reader listed %,d times and read %,d files",
        rounds,
        onlookers.size(),
        took.toMinutes(),
        took.toSecondsPart(),
        rows,
        changes,
        transactions,
        commits,
        onlookers.keySet().stream().mapToLong(Onlooker::looks).sum(),
        onlookers.keySet().stream().mapToLong(Onlooker::reads).sum());
  }
}
