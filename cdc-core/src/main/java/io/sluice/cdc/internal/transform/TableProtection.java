package io.sluice.cdc.internal.transform;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * How rows of one structure become rows that may leave. Immutable.
 *
 * @param target the structure afterwards
 * @param columns where each of its columns comes from; empty where rows leave as they are
 */
record TableProtection(TableSchema target, List<Origin> columns) {
  /**
   * Where a column comes from.
   *
   * @param index the column in MySQL's structure
   * @param source that column
   * @param change what is done to its values
   */
  record Origin(int index, Column source, Change change) {}

  TableProtection {
    columns = List.copyOf(columns);
  }

  RowBatch apply(RowBatch rows) {
    if (columns.isEmpty()) {
      return rows;
    }
    List<ColumnVector> values = new ArrayList<>(columns.size());
    for (Origin origin : columns) {
      ColumnVector now = rows.column(origin.index());
      values.add(origin.change().apply(rows, now, origin.source().type()));
    }
    return rows.withColumns(target, values);
  }
}
