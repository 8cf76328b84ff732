package io.sluice.cdc.spark.internal.rows;

import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Tables with a key: the last row of each key counts, unless it was deleted. Immutable. */
public final class Keyed implements Rule {
  private static final Set<LogicalType> TEMPORAL =
      Set.of(LogicalType.DATE, LogicalType.DATETIME, LogicalType.TIMESTAMP);

  private final TableSchema table;

  Keyed(TableSchema table) {
    this.table = table;
  }

  @Override
  public Dataset<Row> fresh(Dataset<Row> base, Dataset<Row> changes) {
    Dataset<Row> last = last(changes);
    Column same = table.key().stream().map(this::same).reduce(Column::and).orElseThrow();
    Dataset<Row> untouched =
        base.as("b").join(last.as("c"), same, "left_anti").select(Names.stored(table));
    return untouched.union(
        last.filter(Names.column(Names.OP).notEqual("d")).select(Names.stored(table)));
  }

  @Override
  public Dataset<Row> source(Dataset<Row> present, Dataset<Row> changes) {
    return last(changes);
  }

  @Override
  public Statement merge(String target, String source, Dataset<Row> rows) {
    KeyRanges ranges = KeyRanges.of(rows, table.key());
    String same =
        table.key().stream()
            .map(k -> "t." + Names.quote(k) + equals(k) + "s." + Names.quote(k))
            .collect(Collectors.joining(" AND "));
    return new Statement(
        "MERGE INTO "
            + target
            + " t USING "
            + source
            + " s ON "
            + same
            + ranges.condition("t")
            + " WHEN MATCHED AND s._cdc_op = 'd' AND s._cdc_seq > t._cdc_seq THEN DELETE"
            + " WHEN MATCHED AND s._cdc_op <> 'd' AND s._cdc_seq > t._cdc_seq THEN UPDATE SET *"
            + " WHEN NOT MATCHED AND s._cdc_op <> 'd' THEN INSERT *",
        ranges.values());
  }

  private Column same(String key) {
    Column base = Names.column("b", key);
    Column change = Names.column("c", key);
    return mayBeNull(key) ? base.eqNullSafe(change) : base.equalTo(change);
  }

  private String equals(String key) {
    return mayBeNull(key) ? " <=> " : " = ";
  }

  /**
   * MySQL has no NULL in a key, but a date that no calendar has becomes one. All others are
   * compared by plain equality, which Spark joins faster.
   */
  private boolean mayBeNull(String key) {
    return table.columns().stream()
        .filter(c -> c.name().equalsIgnoreCase(key))
        .map(c -> c.type().logical())
        .anyMatch(TEMPORAL::contains);
  }

  private Dataset<Row> last(Dataset<Row> changes) {
    List<Column> key = table.key().stream().map(Names::column).toList();
    Column rank =
        functions
            .row_number()
            .over(
                Window.partitionBy(key.toArray(Column[]::new))
                    .orderBy(Names.column(Names.SEQ).desc()));
    return changes
        .withColumn("_cdc_rank", rank)
        .filter(Names.column("_cdc_rank").equalTo(1))
        .drop("_cdc_rank");
  }
}
