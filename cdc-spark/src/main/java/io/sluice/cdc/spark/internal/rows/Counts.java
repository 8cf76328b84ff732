package io.sluice.cdc.spark.internal.rows;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How many rows of each operation there are.
 *
 * @param rows by operation; only those after the last {@code t}
 * @param emptiedAt the number of the last {@code t}, -1 when there is none
 */
public record Counts(Map<String, Long> rows, long emptiedAt) {
  /** No row at all. */
  public static final Counts NONE = new Counts(Map.of(), -1);

  /** Copies the map. */
  public Counts {
    rows = Map.copyOf(rows);
  }

  /** Counts; reads two small columns. */
  public static Counts of(ChangeFiles files) {
    if (files.isEmpty()) {
      return NONE;
    }
    Counts all = of(files.marks(), -1);
    if (all.emptiedAt < 0) {
      return all;
    }
    ChangeFiles rest = files.after(all.emptiedAt);
    return rest.isEmpty()
        ? new Counts(Map.of(), all.emptiedAt)
        : of(rest.marks().filter(Names.column(Names.SEQ).gt(all.emptiedAt)), all.emptiedAt);
  }

  private static Counts of(Dataset<Row> marks, long emptiedAt) {
    Map<String, Long> rows = new HashMap<>();
    long last = emptiedAt;
    for (Row row :
        marks
            .groupBy(Names.column(Names.OP))
            .agg(functions.count(functions.lit(1)), functions.max(Names.column(Names.SEQ)))
            .collectAsList()) {
      if (row.getString(0).equals("t")) {
        last = Math.max(last, row.getLong(2));
      } else {
        rows.put(row.getString(0), row.getLong(1));
      }
    }
    return new Counts(rows, last);
  }

  /** Whether the table was emptied. */
  public boolean isEmptied() {
    return emptiedAt >= 0;
  }

  /** Whether rows only came, so that none that is there has to be looked for. */
  public boolean onlyAdds() {
    return of("u") == 0 && of("d") == 0;
  }

  /** Rows in all. */
  public long all() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Rows of one operation. */
  public long of(String operation) {
    return rows.getOrDefault(operation, 0L);
  }
}
