package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.TableSchema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.PrimitiveBuilder;

/** The Parquet schema of a table: its own columns, then those that every row has. */
final class FileSchema {
  private FileSchema() {}

  /** The column of compacted files that tells where a row was committed. */
  static final String ORIGIN = "_cdc_origin";

  static MessageType of(TableSchema table, boolean compacted) {
    List<Type> fields = new ArrayList<>();
    for (Column column : table.columns()) {
      refuseReserved(table, column);
      fields.add(field(column));
    }
    fields.add(
        Types.required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("_cdc_op"));
    fields.add(Types.required(PrimitiveTypeName.INT64).named("_cdc_seq"));
    fields.add(
        Types.required(PrimitiveTypeName.INT64)
            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
            .named("_cdc_ts"));
    fields.add(
        Types.required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("_cdc_tx"));
    if (compacted) {
      fields.add(
          Types.required(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(ORIGIN));
    }
    return new MessageType("row", fields);
  }

  /** Bytes that hold every decimal of the precision. */
  static int decimalBytes(int precision) {
    BigInteger max = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    return max.bitLength() / 8 + 1;
  }

  private static void refuseReserved(TableSchema table, Column column) {
    if (column.name().toLowerCase(Locale.ROOT).startsWith("_cdc_")) {
      throw new UnsupportedColumnException(
          "Column "
              + column.name()
              + " of table "
              + table.table()
              + " has a name that begins with _cdc_, which Sluice keeps for its own columns",
          "Rename the column or exclude the table");
    }
  }

  private static PrimitiveType field(Column column) {
    ColumnType type = column.type();
    PrimitiveBuilder<PrimitiveType> field =
        switch (type.logical()) {
          case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN);
          case INT8 -> integer(PrimitiveTypeName.INT32, 8);
          case INT16 -> integer(PrimitiveTypeName.INT32, 16);
          case INT32 -> integer(PrimitiveTypeName.INT32, 32);
          case INT64 -> integer(PrimitiveTypeName.INT64, 64);
          case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT);
          case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE);
          case SMALL_DECIMAL, DECIMAL -> decimal(type);
          case TEXT ->
              Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType());
          case BINARY -> Types.optional(PrimitiveTypeName.BINARY);
          case DATE -> Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType());
          case DATETIME -> timestamp(false);
          case TIMESTAMP -> timestamp(true);
          case TIME -> Types.optional(PrimitiveTypeName.INT64);
        };
    return field.named(column.name());
  }

  private static PrimitiveBuilder<PrimitiveType> integer(PrimitiveTypeName physical, int bits) {
    return Types.optional(physical).as(LogicalTypeAnnotation.intType(bits, true));
  }

  private static PrimitiveBuilder<PrimitiveType> timestamp(boolean utc) {
    return Types.optional(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.timestampType(utc, TimeUnit.MICROS));
  }

  private static PrimitiveBuilder<PrimitiveType> decimal(ColumnType type) {
    LogicalTypeAnnotation annotation =
        LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
    if (type.precision() <= 9) {
      return Types.optional(PrimitiveTypeName.INT32).as(annotation);
    }
    if (type.precision() <= 18) {
      return Types.optional(PrimitiveTypeName.INT64).as(annotation);
    }
    return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(decimalBytes(type.precision()))
        .as(annotation);
  }
}
