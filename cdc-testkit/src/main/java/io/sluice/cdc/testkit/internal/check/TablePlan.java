package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of a table is compared: the columns that both sides have, and those that tell rows apart.
 *
 * @param table the table
 * @param columns in MySQL's order
 * @param keys positions in {@code columns} of the key's columns; empty for a table without a key
 */
record TablePlan(TableId table, List<ColumnPlan> columns, List<Integer> keys) {

  /** Sides with different columns are a finding; what both have is still compared. */
  static TablePlan of(TableId table, List<MySqlColumn> mysql, LogSchema schema, Findings findings) {
    List<String> logged = schema.columnNames();
    List<ColumnPlan> plans = new ArrayList<>();
    for (MySqlColumn column : mysql) {
      ColumnPlan plan = ColumnPlan.of(column);
      if (!logged.contains(column.name())) {
        findings.add(
            of(table, column.name(), "a column of type " + column.columnType(), "no such column"));
      } else if (schema.isProtected(column.name())) {
        findings.note(table + "." + column.name() + " is protected: its values were not compared");
      } else if (plan == null) {
        findings.add(of(table, column.name(), "a type that can be checked", column.columnType()));
      } else {
        plans.add(plan.carriedAs(column, schema.logical(column.name())));
      }
    }
    List<String> names = plans.stream().map(ColumnPlan::name).toList();
    logged.stream()
        .filter(name -> mysql.stream().noneMatch(c -> c.name().equals(name)))
        .forEach(name -> findings.add(of(table, name, "no such column", "a column")));
    return new TablePlan(table, plans, keys(table, schema, names, findings));
  }

  private static List<Integer> keys(
      TableId table, LogSchema schema, List<String> names, Findings findings) {
    List<Integer> keys = new ArrayList<>();
    for (String key : schema.key()) {
      if (names.contains(key)) {
        keys.add(names.indexOf(key));
      } else {
        findings.add(of(table, key, "a column of the key", "no such column in MySQL"));
      }
    }
    return keys;
  }

  private static Difference of(TableId table, String column, String expected, String found) {
    return new Difference(table.toString(), "", column, expected, found);
  }

  boolean hasKey() {
    return !keys.isEmpty();
  }

  int width() {
    return columns.size();
  }

  /** {@code c0, c3}: the key's columns. */
  String keyColumns() {
    return keyColumns("");
  }

  String keyColumns(String prefix) {
    return keys.stream().map(k -> prefix + "c" + k).collect(Collectors.joining(", "));
  }

  /** {@code c0, c1, …}: all columns. */
  String allColumns() {
    return Duck.columns(width(), "c%d", ", ");
  }
}
