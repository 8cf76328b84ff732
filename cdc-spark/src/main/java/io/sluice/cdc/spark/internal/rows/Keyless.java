package io.sluice.cdc.spark.internal.rows;

import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Tables without a key: each row as often as it was inserted less as often as it was deleted. Rows
 * that are alike cannot be told apart, so where one of them was deleted, all of them are taken away
 * and as many as are left are put back, in one statement. Immutable.
 */
public final class Keyless implements Rule {
  /** Two rows are alike where these are equal: NULL is like NULL, and zero not like minus zero. */
  private static final String ALIKE = "_cdc_alike";

  private static final String COUNT = "_cdc_count";
  private static final String DELETED = "_cdc_deleted";
  private static final String PLACE = "_cdc_place";

  private final TableSchema table;

  Keyless(TableSchema table) {
    this.table = table;
  }

  @Override
  public Dataset<Row> fresh(Dataset<Row> base, Dataset<Row> changes) {
    Dataset<Row> touched = touched(changes);
    return without(base, touched)
        .union(inserted(changes, touched))
        .union(copies(left(base, touched)));
  }

  @Override
  public Dataset<Row> source(Dataset<Row> present, Dataset<Row> changes) {
    Dataset<Row> touched = touched(changes);
    Dataset<Row> left = left(present, touched);
    Dataset<Row> added = inserted(changes, touched).union(copies(left));
    Column none = functions.lit(null).cast(left.schema().apply(ALIKE).dataType());
    return left.select(with(Names.column(ALIKE)))
        .union(added.withColumn(ALIKE, none).select(with(Names.column(ALIKE))));
  }

  @Override
  public Statement merge(String target, String source, Dataset<Row> rows) {
    String columns =
        table.columns().stream().map(c -> Names.quote(c.name())).collect(Collectors.joining(", "));
    String values =
        table.columns().stream()
            .map(c -> "s." + Names.quote(c.name()))
            .collect(Collectors.joining(", "));
    return new Statement(
        "MERGE INTO "
            + target
            + " t USING "
            + source
            + " s ON "
            + alikeText("t")
            + " <=> s."
            + ALIKE
            + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND s."
            + ALIKE
            + " IS NULL THEN INSERT ("
            + columns
            + ", _cdc_seq, _cdc_ts) VALUES ("
            + values
            + ", s._cdc_seq, s._cdc_ts)",
        Map.of());
  }

  /** Rows of which one was deleted: once each, with what the changes add to their number. */
  private Dataset<Row> touched(Dataset<Row> changes) {
    Column isDelete = Names.column(Names.OP).equalTo("d");
    List<Column> values = new ArrayList<>();
    table.columns().forEach(c -> values.add(functions.first(Names.column(c.name())).as(c.name())));
    values.add(functions.max(Names.column(Names.SEQ)).as(Names.SEQ));
    values.add(functions.max(Names.column(Names.TS)).as(Names.TS));
    values.add(functions.max(functions.when(isDelete, 1).otherwise(0)).as(DELETED));
    Column sum = functions.sum(functions.when(isDelete, -1L).otherwise(1L)).as(COUNT);
    return changes
        .withColumn(ALIKE, alike())
        .groupBy(Names.column(ALIKE))
        .agg(sum, values.toArray(Column[]::new))
        .filter(Names.column(DELETED).equalTo(1));
  }

  /** The touched rows with the number of which there have to be afterwards. */
  private Dataset<Row> left(Dataset<Row> base, Dataset<Row> touched) {
    Dataset<Row> there =
        base.withColumn(ALIKE, alike())
            .as("b")
            .join(touched.as("c"), same(), "left_semi")
            .groupBy(Names.column(ALIKE))
            .agg(functions.count(functions.lit(1)).as("_cdc_there"));
    Column count =
        functions
            .coalesce(Names.column("b", "_cdc_there"), functions.lit(0L))
            .plus(Names.column("c", COUNT));
    Column checked =
        functions
            .when(
                count.lt(0),
                functions.raise_error(
                    functions.lit(
                        "Table "
                            + table.table()
                            + " lacks rows that were deleted in MySQL. Drop the table in the lake,"
                            + " and it is built from its beginning.")))
            .otherwise(count);
    return touched
        .as("c")
        .join(there.as("b"), same(), "left")
        .select(functions.col("c.*"), checked.cast("bigint").as("_cdc_left"))
        .drop(COUNT)
        .withColumnRenamed("_cdc_left", COUNT);
  }

  private Dataset<Row> copies(Dataset<Row> left) {
    return left.filter(Names.column(COUNT).gt(0))
        .withColumn(
            PLACE, functions.explode(functions.sequence(functions.lit(1L), Names.column(COUNT))))
        .select(Names.stored(table));
  }

  private Dataset<Row> inserted(Dataset<Row> changes, Dataset<Row> touched) {
    return without(changes.filter(Names.column(Names.OP).notEqual("d")), touched);
  }

  private Dataset<Row> without(Dataset<Row> rows, Dataset<Row> touched) {
    return rows.withColumn(ALIKE, alike())
        .as("b")
        .join(touched.as("c"), same(), "left_anti")
        .select(Names.stored(table));
  }

  private static Column same() {
    return Names.column("b", ALIKE).eqNullSafe(Names.column("c", ALIKE));
  }

  private Column[] with(Column last) {
    List<Column> all = new ArrayList<>(List.of(Names.stored(table)));
    all.add(last);
    return all.toArray(Column[]::new);
  }

  private Column alike() {
    return functions.struct(
        table.columns().stream()
            .map(c -> isFloat(c) ? Names.column(c.name()).cast("string") : Names.column(c.name()))
            .toArray(Column[]::new));
  }

  private String alikeText(String alias) {
    return table.columns().stream()
        .map(
            c -> {
              String name = alias + "." + Names.quote(c.name());
              return isFloat(c) ? "CAST(" + name + " AS STRING)" : name;
            })
        .collect(Collectors.joining(", ", "struct(", ")"));
  }

  private static boolean isFloat(io.sluice.cdc.event.Column column) {
    LogicalType type = column.type().logical();
    return type == LogicalType.FLOAT || type == LogicalType.DOUBLE;
  }
}
