package io.sluice.cdc.testkit.internal.check;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** All numbers that changes and views have used: from 1 to the last, each once. */
final class Sequences {
  private final Duck duck;
  private final Findings findings;

  Sequences(Duck duck, Findings findings) throws SQLException {
    this.duck = duck;
    this.findings = findings;
    duck.execute("CREATE TABLE numbers (seq BIGINT)");
  }

  /** The numbers of the changes in the files, which must have been readable. */
  void addChanges(List<Path> files) throws SQLException {
    if (!files.isEmpty()) {
      duck.execute(
          "INSERT INTO numbers SELECT _cdc_seq FROM "
              + Duck.parquet(files)
              + " WHERE _cdc_op <> 'r'");
    }
  }

  /** Call once, when all changes are in. */
  void check(CommitLog log) throws SQLException {
    for (long sequence : log.viewSequences()) {
      duck.execute("INSERT INTO numbers VALUES (" + sequence + ")");
    }
    repetitions();
    gaps();
    long last = duck.number("SELECT coalesce(max(seq), 0) FROM numbers");
    if (last != log.lastSequence()) {
      findings.add(
          "_cdc_seq",
          "the last number " + log.lastSequence() + " of the commit log",
          "the last number " + last);
    }
  }

  private void repetitions() throws SQLException {
    String repeated = "SELECT seq, count(*) AS n FROM numbers GROUP BY seq HAVING count(*) > 1";
    List<String> first =
        duck.query(
            repeated + " ORDER BY seq LIMIT " + findings.room(),
            row -> row.getLong(1) + " " + row.getLong(2) + " times");
    first.forEach(found -> findings.add("_cdc_seq", "every number once", found));
    findings.addUnseen(duck.number("SELECT count(*) FROM (" + repeated + ")") - first.size());
  }

  private void gaps() throws SQLException {
    String holes =
        "SELECT before, seq FROM (SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM numbers)"
            + " WHERE seq > before + 1";
    List<String> first =
        duck.query(
            holes + " ORDER BY seq LIMIT " + findings.room(),
            row ->
                "no change with the numbers "
                    + LogRules.range(row.getLong(1) + 1, row.getLong(2) - 1));
    first.forEach(found -> findings.add("_cdc_seq", "numbers without a gap", found));
    findings.addUnseen(duck.number("SELECT count(*) FROM (" + holes + ")") - first.size());
  }
}
