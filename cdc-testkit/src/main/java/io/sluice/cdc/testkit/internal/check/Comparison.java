package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.Difference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of MySQL against the replayed state: what is left when equal rows are taken off both
 * sides.
 */
final class Comparison {
  private final Duck duck;
  private final TablePlan plan;
  private final Findings findings;
  private final String where;

  /**
   * A comparison of one table.
   *
   * @param where what differences call the table
   */
  Comparison(Duck duck, TablePlan plan, Findings findings, String where) {
    this.duck = duck;
    this.plan = plan;
    this.findings = findings;
    this.where = where;
  }

  /**
   * Compares and tells what differs.
   *
   * @param mysql the table with MySQL's rows as they were sent
   * @param state the query for the replayed rows
   */
  void run(String mysql, String state) throws SQLException {
    String columns = plan.allColumns();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < plan.width(); i++) {
      expected
          .append(ColumnPlan.over(plan.columns().get(i).expected(), "c" + i))
          .append(" AS c")
          .append(i)
          .append(", ");
    }
    duck.execute(
        "CREATE OR REPLACE TABLE rest AS SELECT "
            + columns
            + ", sum(n) AS n FROM (SELECT "
            + expected
            + "1 AS n FROM "
            + mysql
            + " UNION ALL SELECT "
            + columns
            + ", -n FROM ("
            + state
            + ")) GROUP BY "
            + columns
            + " HAVING sum(n) <> 0");
    long before = findings.count();
    describe();
    long all =
        plan.hasKey()
            ? duck.number(
                "SELECT count(*) FROM (SELECT DISTINCT " + plan.keyColumns() + " FROM rest)")
            : duck.number("SELECT count(*) FROM rest");
    findings.addUnseen(Math.max(0, all - (findings.count() - before)));
  }

  private void describe() throws SQLException {
    String order = plan.hasKey() ? plan.keyColumns() : plan.allColumns();
    String sql =
        "SELECT n, "
            + plan.allColumns()
            + " FROM rest ORDER BY "
            + order
            + ", n DESC LIMIT "
            + 2 * findings.room();
    List<Row> rows = duck.query(sql, this::read);
    int i = 0;
    while (i < rows.size() && findings.room() > 0) {
      Row row = rows.get(i++);
      Row next = i < rows.size() ? rows.get(i) : null;
      if (plan.hasKey()
          && next != null
          && row.count() == 1
          && next.count() == -1
          && sameKey(row, next)) {
        changed(row, next);
        i++;
      } else {
        oneSided(row);
      }
    }
  }

  private void changed(Row expected, Row found) {
    for (int i = 0; i < plan.width(); i++) {
      if (!Arrays.equals(expected.values()[i], found.values()[i])) {
        add(
            expected,
            plan.columns().get(i).name(),
            RowWords.value(expected.values()[i]),
            RowWords.value(found.values()[i]));
      }
    }
  }

  private void oneSided(Row row) {
    String times = Math.abs(row.count()) == 1 ? "" : Math.abs(row.count()) + " times ";
    String more = times + "a row" + (plan.hasKey() ? "" : " " + RowWords.all(plan, row.values()));
    if (row.count() > 0) {
      add(row, "", more, "no such row");
    } else {
      add(row, "", "no such row", more);
    }
  }

  private void add(Row row, String column, String expected, String found) {
    findings.add(new Difference(where, RowWords.key(plan, row.values()), column, expected, found));
  }

  private boolean sameKey(Row a, Row b) {
    return plan.keys().stream().allMatch(k -> Arrays.equals(a.values()[k], b.values()[k]));
  }

  private Row read(ResultSet row) throws SQLException {
    byte[] @Nullable [] values = new byte[plan.width()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getBytes(i + 2);
    }
    return new Row(row.getLong(1), values);
  }

  /** How often a row is there too few (positive) or too many (negative) times. */
  private record Row(long count, byte[] @Nullable [] values) {
    @Override
    public String toString() {
      return count
          + " "
          + Arrays.stream(values).map(RowWords::value).collect(Collectors.joining(", "));
    }
  }
}
