package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.ColumnType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What Trino and Athena, which is made of it, have in common: everything but the table itself. */
abstract class Presto extends Dialect {
  /** Above so many conditions on the path the engines stop to look which files they spare. */
  private static final int MOST_DAYS = 90;

  @Override
  String textType() {
    return "varchar";
  }

  @Override
  boolean reads(ColumnType file, ColumnType declared) {
    return Widening.isWiderInteger(file, declared) || Widening.isWiderDecimal(file, declared);
  }

  @Override
  boolean namesAreStrict() {
    return true;
  }

  /** The statements that make the table of all rows. */
  abstract void writeTable(TableSql sql, SqlText out);

  @Override
  List<String> against(Readable table) {
    List<String> against = new ArrayList<>(super.against(table));
    int days = table.history().dead().days().size();
    if (table.hasUnreadableDead() && days > MOST_DAYS) {
      against.add(
          "files of "
              + days
              + " days, whose rows do not count any more, have another structure, too many to be left"
              + " out one by one; move the table's files of commits up to "
              + table.history().deadThrough()
              + " away, or read it with Spark or DuckDB");
    }
    return against;
  }

  @Override
  void write(TableSql sql, SqlText out) {
    if (sql.table().hasUnreadableDead()) {
      out.comment(
          "Files of commits up to "
              + sql.table().history().deadThrough()
              + " have another structure, and no row of them counts: the view and the query leave them"
              + " out by their paths. A query of your own over the table fails until they are moved"
              + " away, or has to do the same.");
    }
    writeTable(sql, out);
    writeCurrent(sql, living(sql), out);
    out.comment(
        "EXECUTE "
            + sql.names().statement()
            + " USING 57, TIMESTAMP '9999-12-31 00:00:00', 9223372036854775807: the state as of that"
            + " _cdc_seq, time (UTC) and commit, in the columns of today"
            + reach(sql.table()));
    List<String> conditions = new ArrayList<>(living(sql));
    conditions.add("_cdc_seq <= CAST(? AS bigint)");
    conditions.add("_cdc_ts <= CAST(? AS timestamp" + timePrecision() + ")");
    conditions.add(commit() + " <= CAST(? AS bigint)");
    out.statement(
        "PREPARE " + sql.names().statement() + " FROM\n" + sql.state(sql.rows(), conditions));
  }

  @Override
  String file() {
    return "\"$path\"";
  }

  /** How precise times are, in brackets, or nothing for what the engine takes by itself. */
  abstract String timePrecision();

  /**
   * Leaves dead files out by ranges of their paths, which the engines look at before they open a
   * file. Within a day no later file comes to lie in such a range.
   */
  private List<String> living(TableSql sql) {
    List<String> conditions = new ArrayList<>();
    if (sql.table().hasUnreadableDead()) {
      sql.table()
          .history()
          .dead()
          .days()
          .forEach((day, span) -> conditions.add(outside(sql.folder(), day, span)));
    }
    return conditions;
  }

  private String outside(String folder, LocalDate day, FileSet.Span span) {
    String path = folder + "/dt=" + day + "/";
    return "NOT (\"$path\" BETWEEN "
        + text(path + span.first())
        + " AND "
        + text(path + span.last())
        + ")";
  }
}
