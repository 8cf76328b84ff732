package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LogicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * DuckDB is told the structure of the present and casts each file to it. {@code union_by_name}
 * would look into every file first, and would settle types by all files: a BIGINT beside an old
 * DOUBLE would become a DOUBLE.
 */
final class DuckDb extends Dialect {
  @Override
  String textType() {
    return "VARCHAR";
  }

  @Override
  String type(ColumnType type) {
    return switch (type.logical()) {
      case BOOLEAN -> "BOOLEAN";
      case INT8 -> "TINYINT";
      case INT16 -> "SMALLINT";
      case INT32 -> "INTEGER";
      case INT64, TIME -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case SMALL_DECIMAL, DECIMAL -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      case TEXT -> "VARCHAR";
      case BINARY -> "BLOB";
      case DATE -> "DATE";
      case DATETIME -> "TIMESTAMP";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
    };
  }

  @Override
  boolean reads(ColumnType file, ColumnType declared) {
    return Widening.isWiderNumber(file, declared);
  }

  @Override
  String file() {
    return "_cdc_file";
  }

  /** The view of all rows has made it out already. */
  @Override
  String origin() {
    return "_cdc_origin";
  }

  @Override
  boolean namesAreStrict() {
    return false;
  }

  @Override
  boolean needsFiles() {
    return false;
  }

  @Override
  List<String> preface() {
    return List.of(
        "DuckDB 1.5 or later. For files on S3: INSTALL httpfs; LOAD httpfs; CREATE SECRET (TYPE s3,"
            + " PROVIDER credential_chain);");
  }

  /** Every type can be read as text, and text be cast once it is known which rows count. */
  @Override
  List<String> against(Readable table) {
    return List.of();
  }

  /** Cast above the filter, so that what does not count cannot fail. */
  @Override
  String value(Readable.Col column) {
    return column.isMixed()
        ? "CAST("
            + name(column.name())
            + " AS "
            + type(column.type())
            + ") AS "
            + name(column.name())
        : name(column.name());
  }

  @Override
  void write(TableSql sql, SqlText out) {
    warn(sql, out);
    String schema = name(sql.names().schema());
    out.statement("CREATE SCHEMA IF NOT EXISTS " + schema);
    out.statement("CREATE OR REPLACE VIEW " + sql.rows() + " AS\n" + rows(sql));
    writeCurrent(sql, List.of(), out);
    out.comment(
        "FROM "
            + sql.asOf()
            + "(_cdc_to_seq := 57), or _cdc_to_ts := TIMESTAMPTZ '2024-05-01 12:00:00+00', or"
            + " _cdc_to_commit := 12: the state as of then, in the columns of today");
    out.statement(
        "CREATE OR REPLACE MACRO "
            + sql.asOf()
            + "(_cdc_to_seq := NULL, _cdc_to_ts := NULL, _cdc_to_commit := NULL) AS TABLE\n"
            + sql.state(sql.rows(), limits()));
  }

  private static List<String> limits() {
    return List.of(
        "(_cdc_to_seq IS NULL OR _cdc_seq <= CAST(_cdc_to_seq AS BIGINT))",
        "(_cdc_to_ts IS NULL OR _cdc_ts <= CAST(_cdc_to_ts AS TIMESTAMP WITH TIME ZONE))",
        "(_cdc_to_commit IS NULL OR _cdc_commit <= CAST(_cdc_to_commit AS BIGINT))");
  }

  private void warn(TableSql sql, SqlText out) {
    for (Readable.Col column : sql.table().columns()) {
      if (column.isMixed()) {
        out.comment(
            "Older files carry column "
                + column.name()
                + " otherwise: the view of all rows has it as text, the others as "
                + type(column.type())
                + (column.live().isEmpty()
                    ? "."
                    : ". Rows of them may count (" + types(column) + "), cast by DuckDB's rules."));
      }
    }
  }

  private String rows(TableSql sql) {
    if (!sql.table().history().hasFiles()) {
      return noRows(sql);
    }
    return "SELECT\n"
        + sql.declared(
            c -> name(c.name()),
            List.of(
                "_cdc_op",
                "_cdc_seq",
                "_cdc_ts",
                "_cdc_tx",
                "CAST(regexp_extract(_cdc_file, '/dt=([0-9-]{10})/[0-9]{20}-', 1) AS DATE) AS "
                    + name(sql.day()),
                commitOf(originIn("_cdc_file")) + " AS _cdc_commit",
                originIn("_cdc_file") + " AS _cdc_origin",
                "_cdc_file"))
        + "\nFROM read_parquet("
        + text(pattern(sql.folder()) + "/dt=*/*.parquet")
        + ", hive_partitioning = false, filename = '_cdc_file', schema = MAP {\n"
        + schema(sql)
        + "\n})";
  }

  /** A pattern that fits no file is an error, and a table may have had no row so far. */
  private String noRows(TableSql sql) {
    return "-- No file so far: print it again once there is one.\nSELECT\n"
        + sql.declared(
            c -> "CAST(NULL AS " + type(c.type()) + ") AS " + name(c.name()),
            List.of(
                "CAST(NULL AS VARCHAR) AS _cdc_op",
                "CAST(NULL AS BIGINT) AS _cdc_seq",
                "CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS _cdc_ts",
                "CAST(NULL AS VARCHAR) AS _cdc_tx",
                "CAST(NULL AS DATE) AS " + name(sql.day()),
                "CAST(NULL AS BIGINT) AS _cdc_commit",
                "CAST(NULL AS VARCHAR) AS _cdc_origin",
                "CAST(NULL AS VARCHAR) AS _cdc_file"))
        + "\nWHERE false";
  }

  private String schema(TableSql sql) {
    List<String> entries = new ArrayList<>();
    for (Readable.Col column : sql.table().columns()) {
      ColumnType read = column.isMixed() ? ColumnType.of(LogicalType.TEXT) : column.type();
      entries.add(entry(column.name(), type(read)));
    }
    entries.add(entry("_cdc_op", "VARCHAR"));
    entries.add(entry("_cdc_seq", "BIGINT"));
    entries.add(entry("_cdc_ts", "TIMESTAMP WITH TIME ZONE"));
    entries.add(entry("_cdc_tx", "VARCHAR"));
    entries.add(entry("_cdc_origin", "VARCHAR"));
    return entries.stream().collect(Collectors.joining(",\n"));
  }

  private String entry(String column, String type) {
    String name = text(column);
    return "  " + name + ": {name: " + name + ", type: '" + type + "', default_value: NULL}";
  }

  private static String pattern(String path) {
    return path.replaceAll("([*?\\[])", "[$1]");
  }
}
