package io.sluice.cdc.bench.torture;

import io.sluice.cdc.bench.torture.ordeal.Figures;
import io.sluice.cdc.bench.torture.ordeal.Ordeal;
import io.sluice.cdc.testkit.check.CheckCounts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a round went.
 *
 * @param number the round, from 1
 * @param pipeline whose it was
 * @param ordeal what was done to it
 * @param figures how often
 * @param committed transactions that the writers committed
 * @param counts what the row checker looked at, null when it came to nothing
 * @param transactions transactions that were found whole
 * @param complaints what the pipeline did wrong
 * @param judging how long the judges took
 * @param took all of it
 */
record RoundResult(
    int number,
    String pipeline,
    Ordeal ordeal,
    Figures figures,
    long committed,
    @Nullable CheckCounts counts,
    long transactions,
    List<String> complaints,
    Duration judging,
    Duration took) {
  boolean ok() {
    return complaints.isEmpty();
  }

  String line() {
    CheckCounts c = counts;
    String looked =
        c == null
            ? "not judged"
            : String.format(
                Locale.ROOT,
                "%,d rows, %,d changes, %,d transactions whole, %d commits, %d claims",
                c.rows() + c.loads(),
                c.changes(),
                transactions,
                c.commits(),
                c.claims());
    return String.format(
        Locale.ROOT,
        "%4d  %-6s %-5s %-34s %5.1f s (%.1f judging)  %s | %d committed in MySQL | %s",
        number,
        ok() ? "ok" : "FAILED",
        pipeline,
        ordeal.fault() + " " + ordeal.name(),
        took.toMillis() / 1e3,
        judging.toMillis() / 1e3,
        looked,
        committed,
        figures.inWords());
  }
}
