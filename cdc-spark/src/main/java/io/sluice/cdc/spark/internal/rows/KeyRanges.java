package io.sluice.cdc.spark.internal.rows;

import java.util.ArrayList;
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

  /** NULL is no key in MySQL, but a date that no calendar has becomes one. */
  private static String piece(Dataset<Row> rows, String name, Map<String, Object> values) {
    Dataset<Row> key = rows.select(Names.column(name).as("k")).filter("k IS NOT NULL");
    List<Row> single = key.distinct().limit(SINGLE_VALUES + 1).collectAsList();
    String column = "@." + Names.quote(name);
    List<String> conditions = new ArrayList<>(List.of(column + " IS NULL"));
    if (single.size() > SINGLE_VALUES) {
      ranges(key).forEach(r -> conditions.add(column + between(r, values)));
    } else if (!single.isEmpty()) {
      List<String> names = single.stream().map(r -> name(r.get(0), values)).toList();
      conditions.add(column + " IN (" + String.join(", ", names) + ")");
    }
    return String.join(" OR ", conditions);
  }

  private static String between(Row range, Map<String, Object> values) {
    return " BETWEEN " + name(range.get(0), values) + " AND " + name(range.get(1), values);
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
