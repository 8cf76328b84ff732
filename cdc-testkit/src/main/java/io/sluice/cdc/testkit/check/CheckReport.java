package io.sluice.cdc.testkit.check;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The verdict of a {@link RowChecker}.
 *
 * @param counts what was looked at
 * @param differenceCount how many differences there are in all
 * @param differences the first of them
 * @param notes what a reader should know though it is no difference, e.g. a table that MySQL no
 *     longer has
 * @param took how long the check took
 */
public record CheckReport(
    CheckCounts counts,
    long differenceCount,
    List<Difference> differences,
    List<String> notes,
    Duration took) {
  /** Copies the lists. */
  public CheckReport {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /** Whether the bucket and MySQL say the same, and the log is whole. */
  public boolean equal() {
    return differenceCount == 0;
  }

  /** The verdict in one line. */
  public String verdict() {
    String looked =
        String.format(
            Locale.ROOT,
            "%,d rows of %,d tables, %,d changes",
            counts.rows(),
            counts.tables(),
            counts.changes());
    return equal()
        ? "equal: " + looked
        : String.format(Locale.ROOT, "NOT EQUAL: %,d differences in %s", differenceCount, looked);
  }

  /** The verdict, the first differences and the notes, a line each. */
  public String inWords() {
    StringBuilder words = new StringBuilder(verdict());
    differences.forEach(d -> words.append("\n  - ").append(d.inWords()));
    if (differenceCount > differences.size()) {
      words.append("\n  and ").append(differenceCount - differences.size()).append(" more");
    }
    notes.forEach(n -> words.append("\n  note: ").append(n));
    return words.toString();
  }

  @Override
  public String toString() {
    return inWords();
  }
}
