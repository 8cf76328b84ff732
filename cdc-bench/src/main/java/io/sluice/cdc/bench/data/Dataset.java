package io.sluice.cdc.bench.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tables to load, in a database with the name of the set.
 *
 * @param name what the case is called
 * @param shape of all tables
 * @param tables how many
 * @param rowsPerTable rows in each
 */
public record Dataset(String name, Shape shape, int tables, long rowsPerTable) {
  /** What JVMs learn their classes from before anything counts. */
  public static final Dataset WARM_UP = new Dataset("warm_up", Shape.mixed(), 1, 500_000);

  private static final int WRITERS = 2;
  private static final long ROWS_PER_INSERT = 250_000;

  /** The cases of {@code bin/bench load} for a base number of rows. */
  public static List<Dataset> all(long rows, int smallTables) {
    return List.of(
        new Dataset("mixed", Shape.mixed(), 1, rows),
        new Dataset("narrow", Shape.narrow(), 1, rows),
        new Dataset("wide", Shape.wide(), 1, rows / 10),
        new Dataset("text", Shape.text(), 1, rows / 10),
        new Dataset("tables", Shape.mixed(), smallTables, 200));
  }

  /** The mixed table in three sizes, the last 16 times the first. */
  public static List<Dataset> growth(long rows) {
    return List.of(
        new Dataset("growth_1x", Shape.mixed(), 1, rows / 4),
        new Dataset("growth_4x", Shape.mixed(), 1, rows),
        new Dataset("growth_16x", Shape.mixed(), 1, rows * 4));
  }

  /** Rows in all tables. */
  public long rows() {
    return tables * rowsPerTable;
  }

  /** The names of the tables. */
  public List<String> tableNames() {
    return IntStream.rangeClosed(1, tables).mapToObj(i -> String.format("t%04d", i)).toList();
  }

  /**
   * Makes the tables; the binlog does not see them. {@link Numbers} must hold as many numbers as a
   * table has rows.
   */
  public void make(Sql.Source source) throws SQLException, InterruptedException {
    try (Connection connection = source.connect()) {
      Sql.execute(
          connection,
          "SET sql_log_bin = 0",
          "DROP DATABASE IF EXISTS " + name,
          "CREATE DATABASE " + name);
      for (String table : tableNames()) {
        Sql.execute(connection, shape.create(name + "." + table));
      }
    }
    Sql.together(source, inserts());
    try (Connection connection = source.connect()) {
      Sql.execute(connection, "SET sql_log_bin = 0");
      for (String table : tableNames()) {
        Sql.execute(connection, "ANALYZE TABLE " + name + "." + table);
      }
    }
  }

  /** Removes the tables. */
  public void drop(Sql.Source source) throws SQLException {
    try (Connection connection = source.connect()) {
      Sql.execute(connection, "SET sql_log_bin = 0", "DROP DATABASE IF EXISTS " + name);
    }
  }

  private List<List<String>> inserts() {
    List<List<String>> lists = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      lists.add(new ArrayList<>(List.of("SET sql_log_bin = 0")));
    }
    int next = 0;
    for (String table : tableNames()) {
      for (long from = 1; from <= rowsPerTable; from += ROWS_PER_INSERT) {
        long to = Math.min(rowsPerTable, from + ROWS_PER_INSERT - 1);
        lists.get(next++ % WRITERS).add(shape.insert(name + "." + table, from, to));
      }
    }
    return lists;
  }
}
