package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Spark SQL over Parquet, without a table format. */
final class Spark extends Dialect {
  private static final String ALL = "9223372036854775807";

  @Override
  String name(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Override
  String textType() {
    return "STRING";
  }

  @Override
  String type(ColumnType type) {
    return switch (type.logical()) {
      case BOOLEAN -> "BOOLEAN";
      case INT8 -> "TINYINT";
      case INT16 -> "SMALLINT";
      case INT32 -> "INT";
      case INT64, TIME -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case SMALL_DECIMAL, DECIMAL -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      case TEXT -> "STRING";
      case BINARY -> "BINARY";
      case DATE -> "DATE";
      case DATETIME -> "TIMESTAMP_NTZ";
      case TIMESTAMP -> "TIMESTAMP";
    };
  }

  @Override
  boolean reads(ColumnType file, ColumnType declared) {
    return Widening.isWiderNumber(file, declared);
  }

  @Override
  String file() {
    return "_metadata.file_name";
  }

  @Override
  boolean namesAreStrict() {
    return true;
  }

  @Override
  List<String> preface() {
    return List.of(
        "Spark 4. Outside of EMR and Glue the location begins with s3a:// (--location).",
        DROP_FIRST);
  }

  @Override
  void write(TableSql sql, SqlText out) {
    String asOf = name(sql.names().statement());
    out.statement("CREATE DATABASE IF NOT EXISTS " + name(sql.names().schema()));
    writeTable(sql, out);
    writeCurrent(sql, List.of(), out);
    out.comment(
        "SET VAR _cdc_to_seq = 57, or _cdc_to_ts = TIMESTAMP '2024-05-01 12:00:00Z', or _cdc_to_commit ="
            + " 12; then SELECT * FROM "
            + asOf
            + ": the state as of then, in the columns of today"
            + reach(sql.table()));
    out.statement("DECLARE OR REPLACE VARIABLE _cdc_to_seq BIGINT DEFAULT " + ALL);
    out.statement(
        "DECLARE OR REPLACE VARIABLE _cdc_to_ts TIMESTAMP DEFAULT TIMESTAMP '9999-12-31 00:00:00Z'");
    out.statement("DECLARE OR REPLACE VARIABLE _cdc_to_commit BIGINT DEFAULT " + ALL);
    out.statement(
        "CREATE OR REPLACE TEMPORARY VIEW "
            + asOf
            + " AS\n"
            + sql.state(
                sql.rows(),
                List.of(
                    "_cdc_seq <= _cdc_to_seq",
                    "_cdc_ts <= _cdc_to_ts",
                    commit() + " <= _cdc_to_commit")));
  }

  private void writeTable(TableSql sql, SqlText out) {
    boolean byDay = !sql.table().hasColumn("dt");
    List<String> added =
        new ArrayList<>(
            List.of(
                "_cdc_op STRING",
                "_cdc_seq BIGINT",
                "_cdc_ts TIMESTAMP",
                "_cdc_tx STRING",
                "_cdc_origin STRING"));
    List<String> options = new ArrayList<>();
    if (byDay) {
      added.add("dt STRING");
    } else {
      // The folders dt=... would be taken for the column.
      options.add("recursiveFileLookup 'true'");
    }
    if (sql.table().hasUnreadableDead()) {
      out.comment(
          "Files of commits up to "
              + sql.table().history().deadThrough()
              + " have another structure, and no row of them counts: the table leaves them out by their"
              + " names.");
      options.add(
          "pathGlobFilter '{" + String.join(",", sql.patternsOfLiveCommits()) + "}.parquet'");
    }
    out.statement(
        "CREATE TABLE "
            + sql.rows()
            + " (\n"
            + sql.declared(sql::declare, added)
            + "\n) USING parquet"
            + (options.isEmpty() ? "" : "\nOPTIONS (" + String.join(", ", options) + ")")
            + (byDay ? "\nPARTITIONED BY (dt)" : "")
            + "\nLOCATION "
            + text(sql.folder()));
    if (byDay) {
      out.comment(
          "Once for each new day; and for new files, in a session that has read the table before:");
      out.statement("MSCK REPAIR TABLE " + sql.rows());
    } else {
      out.comment("For files that are new: REFRESH TABLE " + sql.rows());
    }
  }
}
