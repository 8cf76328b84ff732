package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.DerivedTables;
import io.sluice.cdc.testkit.check.Difference;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One table as others made it of the files, against MySQL's rows. */
final class DerivedCheck {
  private final Duck duck;
  private final TablePlan plan;
  private final Findings findings;
  private final DerivedTables tables;

  DerivedCheck(Duck duck, TablePlan plan, Findings findings, DerivedTables tables) {
    this.duck = duck;
    this.plan = plan;
    this.findings = findings;
    this.tables = tables;
  }

  /** Compares with the table of DuckDB that holds MySQL's rows as they were sent. */
  void run(String mysql) throws SQLException {
    TableId table = plan.table();
    if (tables.leavesOut(table.database(), table.table())) {
      findings.note(table + " is left out of " + tables.name() + ": it was not compared there");
      return;
    }
    String relation = tables.relation(table.database(), table.table());
    if (relation == null) {
      findings.add(new Difference(where(), "", "", "the table", "no such table"));
      return;
    }
    try {
      new Comparison(duck, plan, findings, where()).run(mysql, state(relation));
    } catch (SQLException e) {
      findings.add(new Difference(where(), "", "", "rows", "what fails: " + e.getMessage()));
    }
  }

  private String where() {
    return plan.table() + " (" + tables.name() + ")";
  }

  private String state(String relation) throws SQLException {
    Map<String, String> types = duck.types(relation);
    return plan.columns().stream()
        .map(c -> value(c, types.get(c.name())) + " AS c" + plan.columns().indexOf(c))
        .collect(Collectors.joining(", ", "SELECT ", ", 1 AS n FROM " + relation));
  }

  private String value(ColumnPlan column, @Nullable String actual) {
    if (actual == null) {
      findings.add(new Difference(where(), "", column.name(), "a column", "no such column"));
      return "NULL";
    }
    return ColumnPlan.over(column.reading(actual).found(), Duck.name(column.name()));
  }
}
