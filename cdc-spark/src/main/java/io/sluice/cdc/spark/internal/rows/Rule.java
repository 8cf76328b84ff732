package io.sluice.cdc.spark.internal.rows;

import io.sluice.cdc.event.TableSchema;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How changes become rows of a table. */
public sealed interface Rule permits Keyed, Keyless {

  /**
   * A statement.
   *
   * @param sql with names for values
   * @param values the values
   */
  record Statement(String sql, Map<String, Object> values) {}

  /** The rule for a table. */
  static Rule of(TableSchema table) {
    return table.key().isEmpty() ? new Keyless(table) : new Keyed(table);
  }

  /**
   * The rows of a table that is written as a whole.
   *
   * @param base rows that count unless a change says otherwise
   * @param changes with operation, number and time
   */
  Dataset<Row> fresh(Dataset<Row> base, Dataset<Row> changes);

  /**
   * What a table is merged with.
   *
   * @param present its rows
   * @param changes with operation, number and time
   */
  Dataset<Row> source(Dataset<Row> present, Dataset<Row> changes);

  /**
   * The statement that merges.
   *
   * @param target the table
   * @param source the view of what {@link #source} returned
   * @param rows the same
   */
  Statement merge(String target, String source, Dataset<Row> rows);
}
