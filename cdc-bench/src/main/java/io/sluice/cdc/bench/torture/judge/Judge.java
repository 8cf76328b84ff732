package io.sluice.cdc.bench.torture.judge;

import io.sluice.cdc.testkit.check.CheckCounts;
import io.sluice.cdc.testkit.check.CheckReport;
import io.sluice.cdc.testkit.check.RowChecker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that must hold when the writers are still and the pipeline has caught up and ended.
 */
public final class Judge {
  private Judge() {}

  /** What was found wrong, and how much was looked at. */
  public record Verdict(List<String> complaints, CheckCounts counts, long transactions) {}

  /** Asks the row checker, the onlooker and the judge of transactions. */
  public static Verdict judge(
      RowChecker checker, Onlooker onlooker, long sum, List<String> tidiness)
      throws SQLException, InterruptedException {
    List<String> complaints = new ArrayList<>(tidiness);
    onlooker.readLog();
    onlooker.look();
    complaints.addAll(onlooker.complaints());
    CheckReport report = checker.check();
    if (!report.equal()) {
      complaints.add(report.inWords());
    }
    long transactions = 0;
    if (complaints.isEmpty()) {
      WholeTransactions.Verdict whole = WholeTransactions.judge(onlooker, sum);
      complaints.addAll(whole.complaints());
      transactions = whole.transactions();
    }
    return new Verdict(complaints, report.counts(), transactions);
  }
}
