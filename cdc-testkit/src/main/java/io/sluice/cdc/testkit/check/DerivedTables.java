package io.sluice.cdc.testkit.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables that somebody made of a pipeline's files, to be compared with MySQL beside the files
 * themselves: views of the present state, or tables of a lake.
 */
public interface DerivedTables {
  /** What differences call them, such as {@code current view}. */
  String name();

  /** Statements for DuckDB, run once before anything is compared. */
  default List<String> preparation() {
    return List.of();
  }

  /**
   * Where a table's rows are.
   *
   * @return what DuckDB can select from, with the table's columns under their names; null when the
   *     table is not there, which is a difference
   */
  @Nullable String relation(String database, String table);

  /** Whether a table is left out on purpose: it is not compared then, and a note says so. */
  default boolean leavesOut(String database, String table) {
    return false;
  }
}
