package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.Difference;
import java.sql.SQLException;
import java.util.List;

/**
 * The state of a table that follows from its rows in the bucket. With a key: for each key the row
 * with the highest {@code _cdc_seq}, unless it is a delete. Without: loads and inserts less
 * deletes, as a multiset. In both cases only what came after the last truncate.
 */
final class Replay {
  private final Duck duck;
  private final TablePlan plan;
  private final Findings findings;
  private final String live;

  /** Over the rows of a {@link History}. */
  Replay(Duck duck, TablePlan plan, Findings findings, String history) throws SQLException {
    this.duck = duck;
    this.plan = plan;
    this.findings = findings;
    long truncated =
        duck.number("SELECT coalesce(max(seq), -1) FROM " + history + " WHERE op = 't'");
    this.live = "(SELECT * FROM " + history + " WHERE op <> 't' AND seq > " + truncated + ")";
  }

  /** A query for {@code c0, c1, …, n}: the state's rows and how often each is there. */
  String state() {
    return plan.hasKey() ? keyedState() : keylessState();
  }

  private String keyedState() {
    return "SELECT "
        + Duck.columns(plan.width(), "h.c%d", ", ")
        + ", 1 AS n FROM "
        + live
        + " h JOIN (SELECT "
        + plan.keyColumns()
        + ", arg_max(op, seq) AS last_op, max(seq) AS last_seq FROM "
        + live
        + " GROUP BY "
        + plan.keyColumns()
        + ") l ON h.seq = l.last_seq"
        + String.join(
            "",
            plan.keys().stream()
                .map(k -> " AND h.c" + k + " IS NOT DISTINCT FROM l.c" + k)
                .toList())
        + " WHERE l.last_op <> 'd'";
  }

  private String keylessState() {
    return "SELECT "
        + plan.allColumns()
        + ", CASE op WHEN 'd' THEN -1 ELSE 1 END AS n FROM "
        + live;
  }

  /**
   * Whether each change fits the one before it: nothing is inserted twice, nothing changed that is
   * not there.
   */
  void checkOrder() throws SQLException {
    String wrong = plan.hasKey() ? keyedOrder() : keylessOrder();
    List<Difference> first =
        duck.query(
            "SELECT * FROM (" + wrong + ") ORDER BY seq LIMIT " + findings.room(),
            row -> {
              String before = row.getString(3) == null ? "nothing" : "'" + row.getString(3) + "'";
              String found =
                  "'" + row.getString(1) + "' with _cdc_seq " + row.getLong(2) + " after " + before;
              String key = plan.hasKey() ? RowWords.key(plan, row, 4) : "";
              return new Difference(
                  plan.table().toString(), key, "_cdc_op", expected(row.getString(1)), found);
            });
    first.forEach(findings::add);
    findings.addUnseen(duck.number("SELECT count(*) FROM (" + wrong + ")") - first.size());
  }

  private String expected(String operation) {
    if (!plan.hasKey()) {
      return "an update of a table without a key to be a delete and an insert";
    }
    return operation.equals("r") || operation.equals("c")
        ? "'" + operation + "' only where the key is not there"
        : "'" + operation + "' only where the key is there";
  }

  private String keyedOrder() {
    return "SELECT op, seq, before, "
        + plan.keyColumns()
        + " FROM (SELECT op, seq, "
        + plan.keyColumns()
        + ", lag(op) OVER (PARTITION BY "
        + plan.keyColumns()
        + " ORDER BY seq) AS before FROM "
        + live
        + ") WHERE (op IN ('r', 'c') AND coalesce(before, 'd') <> 'd') OR (op IN ('u', 'd') AND coalesce(before, 'd') = 'd')";
  }

  private String keylessOrder() {
    return "SELECT op, seq, NULL::VARCHAR AS before FROM " + live + " WHERE op = 'u'";
  }
}
