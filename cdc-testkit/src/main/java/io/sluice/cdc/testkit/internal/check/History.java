package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.Difference;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All rows of a table's files, of every schema version, in one table of DuckDB: {@code op, seq, c0, c1, …}. */
final class History {
  private final Duck duck;
  private final TablePlan plan;
  private final Findings findings;
  private final String name;

  private History(Duck duck, TablePlan plan, Findings findings, String name) {
    this.duck = duck;
    this.plan = plan;
    this.findings = findings;
    this.name = name;
  }

  /** Reads the files into a new table of that name. */
  static void fill(
      Duck duck, TablePlan plan, Map<Integer, List<Path>> files, int latest, Findings findings, String name)
      throws SQLException {
    History history = new History(duck, plan, findings, name);
    String columns = Duck.columns(plan.width(), "c%d BLOB", ", ");
    duck.execute("CREATE TABLE " + name + " (op VARCHAR, seq BIGINT, " + columns + ")");
    for (Map.Entry<Integer, List<Path>> version : files.entrySet()) {
      history.add(version.getValue(), version.getKey() == latest);
    }
  }

  private void add(List<Path> files, boolean latest) throws SQLException {
    Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    duck.query(
            "DESCRIBE SELECT * FROM " + Duck.parquet(files.subList(0, 1)),
            row -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(e -> types.put(e.getKey(), e.getValue()));
    if (latest) {
      plan.columns().forEach(c -> checkType(c, types.get(c.name())));
    }
    String values =
        plan.columns().stream().map(c -> value(c, types.get(c.name()))).collect(Collectors.joining(", "));
    try {
      duck.execute("INSERT INTO " + name + " SELECT _cdc_op, _cdc_seq, " + values + " FROM " + Duck.parquet(files));
    } catch (SQLException e) {
      findings.add(plan.table().toString(), "files of one schema version to be alike", e.getMessage());
    }
  }

  private void checkType(ColumnPlan column, @Nullable String actual) {
    boolean asText = "VARCHAR".equals(actual) && column.isDate();
    if (!column.type().equals(actual) && !asText) {
      String found = actual == null ? "no such column" : "the type " + actual;
      findings.add(new Difference(plan.table().toString(), "", column.name(), "the type " + column.type(), found));
    }
  }

  /** A column that a file does not have was added later: it is NULL in that file's rows. */
  private static String value(ColumnPlan column, @Nullable String actual) {
    return actual == null
        ? "NULL"
        : ColumnPlan.over(column.reading(actual).found(), Duck.name(column.name()));
  }
}
