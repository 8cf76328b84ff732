package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.Difference;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a table's files, of every schema version, in one table of DuckDB: {@code op, seq, c0,
 * c1, …}.
 */
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
      Duck duck,
      TablePlan plan,
      Map<Integer, List<Path>> files,
      int latest,
      Findings findings,
      String name)
      throws SQLException {
    History history = new History(duck, plan, findings, name);
    String columns = Duck.columns(plan.width(), "c%d BLOB", ", ");
    duck.execute("CREATE TABLE " + name + " (op VARCHAR, seq BIGINT, " + columns + ")");
    for (Map.Entry<Integer, List<Path>> version : files.entrySet()) {
      for (Map.Entry<Map<String, String>, List<Path>> alike :
          history.alike(version.getValue()).entrySet()) {
        history.add(alike.getValue(), alike.getKey(), version.getKey() == latest);
      }
    }
  }

  /** The files by the types of their columns: one group, unless somebody made a mistake. */
  private Map<Map<String, String>, List<Path>> alike(List<Path> files) throws SQLException {
    Map<Map<String, String>, List<Path>> groups = new LinkedHashMap<>();
    for (Path file : files) {
      groups
          .computeIfAbsent(duck.types(Duck.parquet(List.of(file))), t -> new ArrayList<>())
          .add(file);
    }
    return groups;
  }

  private void add(List<Path> files, Map<String, String> types, boolean latest)
      throws SQLException {
    if (latest) {
      plan.columns().forEach(c -> checkType(c, types.get(c.name())));
    }
    String values =
        plan.columns().stream()
            .map(c -> value(c, types.get(c.name())))
            .collect(Collectors.joining(", "));
    duck.execute(
        "INSERT INTO "
            + name
            + " SELECT _cdc_op, _cdc_seq, "
            + values
            + " FROM "
            + Duck.parquet(files));
  }

  private void checkType(ColumnPlan column, @Nullable String actual) {
    if (!column.type().equals(actual)) {
      String found = actual == null ? "no such column" : "the type " + actual;
      findings.add(
          new Difference(
              plan.table().toString(), "", column.name(), "the type " + column.type(), found));
    }
  }

  /** A column that a file does not have was added later: it is NULL in that file's rows. */
  private static String value(ColumnPlan column, @Nullable String actual) {
    return actual == null
        ? "NULL"
        : ColumnPlan.over(column.reading(actual).found(), Duck.name(column.name()));
  }
}
