package io.sluice.cdc.spark.internal.lake;

import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a column is in Iceberg, and as what Spark reads it from a file. */
public final class Types {
  /** The columns of the log that stay in the table. */
  public static final List<String> ADDED = List.of("_cdc_seq", "_cdc_ts");

  private Types() {}

  /** Iceberg's type; it has no whole numbers of fewer than 32 bits. */
  public static Type iceberg(ColumnType type) {
    return switch (type.logical()) {
      case BOOLEAN -> org.apache.iceberg.types.Types.BooleanType.get();
      case INT8, INT16, INT32 -> org.apache.iceberg.types.Types.IntegerType.get();
      case INT64, TIME -> org.apache.iceberg.types.Types.LongType.get();
      case FLOAT -> org.apache.iceberg.types.Types.FloatType.get();
      case DOUBLE -> org.apache.iceberg.types.Types.DoubleType.get();
      case SMALL_DECIMAL, DECIMAL ->
          org.apache.iceberg.types.Types.DecimalType.of(type.precision(), type.scale());
      case TEXT -> org.apache.iceberg.types.Types.StringType.get();
      case BINARY -> org.apache.iceberg.types.Types.BinaryType.get();
      case DATE -> org.apache.iceberg.types.Types.DateType.get();
      case DATETIME -> org.apache.iceberg.types.Types.TimestampType.withoutZone();
      case TIMESTAMP -> org.apache.iceberg.types.Types.TimestampType.withZone();
    };
  }

  /** Spark's type for the same. */
  public static DataType spark(ColumnType type) {
    return SparkSchemaUtil.convert(iceberg(type));
  }

  /** The table of a structure. */
  static Schema schema(TableSchema structure) {
    List<NestedField> fields = new ArrayList<>();
    structure
        .columns()
        .forEach(c -> fields.add(field(fields.size() + 1, c.name(), iceberg(c.type()))));
    fields.add(field(fields.size() + 1, "_cdc_seq", org.apache.iceberg.types.Types.LongType.get()));
    fields.add(
        field(
            fields.size() + 1, "_cdc_ts", org.apache.iceberg.types.Types.TimestampType.withZone()));
    return new Schema(fields);
  }

  /** What a file of this structure holds, as far as it is read. */
  public static StructType file(TableSchema structure) {
    StructType type = new StructType();
    for (var column : structure.columns()) {
      type = type.add(column.name(), spark(column.type()));
    }
    return type.add("_cdc_op", DataTypes.StringType)
        .add("_cdc_seq", DataTypes.LongType)
        .add("_cdc_ts", DataTypes.TimestampType);
  }

  static List<NestedField> schemaOfNothing() {
    return List.of(field(1, "nothing", org.apache.iceberg.types.Types.BooleanType.get()));
  }

  private static NestedField field(int id, String name, Type type) {
    return NestedField.optional(id, name, type);
  }
}
