package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Trino's Hive connector. */
final class Trino extends Presto {
  @Override
  String type(ColumnType type) {
    return switch (type.logical()) {
      case BOOLEAN -> "boolean";
      case INT8 -> "tinyint";
      case INT16 -> "smallint";
      case INT32 -> "integer";
      case INT64, TIME -> "bigint";
      case FLOAT -> "real";
      case DOUBLE -> "double";
      case SMALL_DECIMAL, DECIMAL -> "decimal(" + type.precision() + "," + type.scale() + ")";
      case TEXT -> "varchar";
      case BINARY -> "varbinary";
      case DATE -> "date";
      case DATETIME, TIMESTAMP -> "timestamp(6)";
    };
  }

  @Override
  String timePrecision() {
    return "(6)";
  }

  @Override
  List<String> preface() {
    return List.of(
        "Trino, in a session of the Hive connector's catalogue, in whose file stands"
            + " hive.parquet.time-zone=UTC: else times of TIMESTAMP columns and _cdc_ts are shown, and"
            + " compared, in the zone of the server.",
        "hive.timestamp-precision=MICROSECONDS belongs there, too; or, in each session and with that"
            + " catalogue's name: SET SESSION hive.timestamp_precision = 'MICROSECONDS'",
        DROP_FIRST);
  }

  @Override
  List<String> against(Readable table) {
    List<String> against = new ArrayList<>(super.against(table));
    if (table.hasColumn("dt")) {
      against.add(
          "it has a column dt of its own, which the folders dt=... would hide; name it otherwise in"
              + " MySQL, or read it with another engine");
    }
    return against;
  }

  @Override
  void writeTable(TableSql sql, SqlText out) {
    out.statement("CREATE SCHEMA IF NOT EXISTS " + name(sql.names().schema()));
    out.statement(
        "CREATE TABLE "
            + sql.rows()
            + " (\n"
            + sql.declared(
                sql::declare,
                List.of(
                    "_cdc_op varchar",
                    "_cdc_seq bigint",
                    "_cdc_ts timestamp(6)",
                    "_cdc_tx varchar",
                    "_cdc_origin varchar",
                    "dt varchar"))
            + "\n) WITH (format = 'PARQUET', external_location = "
            + text(sql.folder())
            + ", partitioned_by = ARRAY['dt'])");
    out.comment("Once for each new day:");
    out.statement(
        "CALL system.sync_partition_metadata("
            + text(sql.names().schema())
            + ", "
            + text(sql.names().rows())
            + ", 'ADD')");
  }
}
