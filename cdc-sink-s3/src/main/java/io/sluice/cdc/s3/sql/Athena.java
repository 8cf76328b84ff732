package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Athena: tables are declared in Hive's language, queries are Trino's. */
final class Athena extends Presto {
  /** A file of an earlier day would not be read; a server's clock may have been wrong. */
  private static final int DAYS_BEFORE_THE_FIRST = 7;

  @Override
  String type(ColumnType type) {
    return switch (type.logical()) {
      case BOOLEAN -> "boolean";
      case INT8 -> "tinyint";
      case INT16 -> "smallint";
      case INT32 -> "int";
      case INT64, TIME -> "bigint";
      case FLOAT -> "float";
      case DOUBLE -> "double";
      case SMALL_DECIMAL, DECIMAL -> "decimal(" + type.precision() + "," + type.scale() + ")";
      case TEXT -> "string";
      case BINARY -> "binary";
      case DATE -> "date";
      case DATETIME, TIMESTAMP -> "timestamp";
    };
  }

  @Override
  String timePrecision() {
    return "";
  }

  @Override
  List<String> preface() {
    return List.of(
        "Athena, engine version 3; one statement at a time. Times are in UTC and have milliseconds.",
        DROP_FIRST,
        "A file with a day before the first one in projection.*.range is not read.");
  }

  @Override
  void writeTable(TableSql sql, SqlText out) {
    warn(sql.table(), out);
    out.statement("CREATE DATABASE IF NOT EXISTS " + hive(sql.names().schema()));
    out.statement(
        "CREATE EXTERNAL TABLE "
            + hive(sql.names().schema())
            + "."
            + hive(sql.names().rows())
            + " (\n"
            + sql.declared(
                c -> hive(c.name()) + " " + type(c.type()),
                List.of(
                    "`_cdc_op` string",
                    "`_cdc_seq` bigint",
                    "`_cdc_ts` timestamp",
                    "`_cdc_tx` string",
                    "`_cdc_origin` string"))
            + "\n)\nPARTITIONED BY ("
            + hive(sql.day())
            + " string)\nSTORED AS PARQUET\nLOCATION "
            + hiveText(sql.folder() + "/")
            + "\nTBLPROPERTIES (\n"
            + properties(sql)
            + "\n)");
  }

  private static String properties(TableSql sql) {
    String day = sql.day();
    String first = sql.table().history().firstDay().minusDays(DAYS_BEFORE_THE_FIRST).toString();
    return List.of(
            property("projection.enabled", "true"),
            property("projection." + day + ".type", "date"),
            property("projection." + day + ".format", "yyyy-MM-dd"),
            property("projection." + day + ".range", first + ",NOW+1DAYS"),
            property("projection." + day + ".interval", "1"),
            property("projection." + day + ".interval.unit", "DAYS"),
            property("storage.location.template", sql.folder() + "/dt=${" + day + "}/"))
        .stream()
        .collect(Collectors.joining(",\n"));
  }

  private static String property(String key, String value) {
    return "  '" + key + "' = " + hiveText(value);
  }

  private static void warn(Readable table, SqlText out) {
    String odd =
        table.columns().stream()
            .map(Readable.Col::name)
            .filter(name -> !name.toLowerCase(Locale.ROOT).matches("[a-z0-9_]+"))
            .collect(Collectors.joining(", "));
    if (!odd.isEmpty()) {
      out.comment(
          "Athena promises nothing for columns whose names hold other characters than letters, digits"
              + " and underscores: "
              + odd);
    }
  }

  private static String hive(String identifier) {
    return "`" + identifier.toLowerCase(Locale.ROOT).replace("`", "``") + "`";
  }

  private static String hiveText(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
