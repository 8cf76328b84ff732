package io.sluice.cdc.testkit.internal.check;

import java.util.Set;

/** What must hold between the records of a log, whatever the files say. */
final class LogRules {
  private final Findings findings;
  private final Set<Long> views;
  private long last;

  private LogRules(Findings findings, Set<Long> views) {
    this.findings = findings;
    this.views = views;
  }

  static void check(CommitLog log, Findings findings) {
    LogRules rules = new LogRules(findings, log.viewSequences());
    log.records().forEach(rules::check);
    CompactionRules.check(log, findings);
  }

  private void check(LogRecord record) {
    String name = "log record " + record.commit();
    if (!record.isCommit()) {
      if (!record.kind().equals(LogRecord.CLAIM)) {
        findings.add(name, "the kind commit or claim", "the kind '" + record.kind() + "'");
      }
      return;
    }
    if (record.firstSequence() > 0 && record.firstSequence() != last + 1) {
      findings.add(
          name,
          "to begin with sequence " + (last + 1),
          "that it begins with " + record.firstSequence());
    }
    if (record.lastSequence() < last) {
      findings.add(
          name,
          "to end with sequence " + last + " or later",
          "that it ends with " + record.lastSequence());
    }
    record.files().forEach(file -> check(record, file));
    last = Math.max(last, record.lastSequence());
  }

  private void check(LogRecord record, LogFile file) {
    if (file.isLoad()) {
      if (file.firstSequence() != file.lastSequence() || !views.contains(file.firstSequence())) {
        findings.add(
            file.key(),
            "the one sequence of a view",
            range(file.firstSequence(), file.lastSequence()));
      }
    } else if (!file.kind().equals(LogFile.CHANGE)) {
      findings.add(file.key(), "the kind load or change", "the kind '" + file.kind() + "'");
    } else if (file.firstSequence() < Math.max(1, record.firstSequence())
        || file.lastSequence() > record.lastSequence()
        || record.firstSequence() == 0) {
      findings.add(
          file.key(),
          "sequences within "
              + range(record.firstSequence(), record.lastSequence())
              + " of commit "
              + record.commit(),
          range(file.firstSequence(), file.lastSequence()));
    }
  }

  static String range(long first, long last) {
    return first + " to " + last;
  }
}
