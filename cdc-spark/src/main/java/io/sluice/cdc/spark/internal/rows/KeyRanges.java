package io.sluice.cdc.spark.internal.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * Where the keys of changes lie, as a condition on the table: files and partitions that hold no
 * such key are then left out by their statistics, unread. Few keys are named one by one, which
 * leaves out buckets, too. Immutable.
 *
 * @param pieces of SQL with {@code @} for the table's alias
 * @param values values that they name
 */
record KeyRanges(List<String> pieces, Map<String, Object> values) {
  /** Iceberg looks into the statistics for lists of at most 200 values. */
  private static final int SINGLE_VALUES = 200;

  private static final int RANGES = 64;

  static KeyRanges of(Dataset<Row> rows, List<String> key) {
    Map<String, Object> values = new HashMap<>();
    List<String> pieces =
        key.stream()
            .filter(k -> isOrdered(rows.schema().apply(k).dataType()))
            .map(k -> piece(rows, k, values))
            .toList();
    return new KeyRanges(pieces, values);
  }

  String condition(String alias) {
    StringBuilder sql = new StringBuilder();
    pieces.forEach(p -> sql.append(" AND (").append(p.replace("@", alias)).append(')'));
    return sql.toString();
  }

  private static String piece(Dataset<Row> rows, String name, Map<String, Object> values) {
    Dataset<Row> key = rows.select(Names.column(name).as("k"));
    List<Row> single = key.distinct().limit(SINGLE_VALUES + 1).collectAsList();
    String column = "@." + Names.quote(name);
    if (single.stream().anyMatch(row -> row.isNullAt(0)) || single.isEmpty()) {
      return "true";
    }
    if (single.size() <= SINGLE_VALUES) {
      return column
          + " IN ("
          + String.join(", ", single.stream().map(r -> name(r.get(0), values)).toList())
          + ")";
    }
    return String.join(
        " OR ",
        ranges(key).stream()
            .map(
                r ->
                    column
                        + " BETWEEN "
                        + name(r.get(0), values)
                        + " AND "
                        + name(r.get(1), values))
            .toList());
  }

  private static List<Row> ranges(Dataset<Row> key) {
    return key.repartitionByRange(RANGES, functions.col("k"))
        .groupBy(functions.spark_partition_id())
        .agg(functions.min("k").as("a"), functions.max("k").as("b"))
        .select("a", "b")
        .collectAsList();
  }

  private static String name(Object value, Map<String, Object> values) {
    String name = "k" + values.size();
    values.put(name, value);
    return ":" + name;
  }

  private static boolean isOrdered(DataType type) {
    return !(type instanceof BinaryType
        || type instanceof BooleanType
        || type instanceof DoubleType
        || type instanceof FloatType);
  }
}
