package io.sluice.cdc.testkit.internal.check;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one column are brought into one form, from MySQL and from Parquet, so that
 * equal bytes mean equal values. In each expression {@code %s} stands for the column.
 *
 * @param name the column
 * @param type the type that the column has in Parquet, as DuckDB spells it
 * @param select MySQL's expression
 * @param expected DuckDB's expression over the bytes that MySQL sent
 * @param found DuckDB's expression over the column of the file
 */
record ColumnPlan(String name, String type, String select, String expected, String found) {
  private static final String AS_TEXT = "encode(CAST(%s AS VARCHAR))";
  private static final String AS_SENT = "%s";
  private static final String TEXT_TYPE = "VARCHAR";

  /** What is neither 0 nor 1 is neither false nor true. */
  private static final String TRUTH =
      "CASE decode(%1$s) WHEN '0' THEN encode('false') WHEN '1' THEN encode('true') ELSE %1$s END";

  private static final String MICROS =
      "encode(CAST((CASE WHEN decode(%1$s) LIKE '-%%' THEN -1 ELSE 1 END) * ("
          + "CAST(split_part(ltrim(decode(%1$s), '-'), ':', 1) AS BIGINT) * 3600000000"
          + " + CAST(split_part(decode(%1$s), ':', 2) AS BIGINT) * 60000000"
          + " + CAST(CAST(split_part(decode(%1$s), ':', 3) AS DECIMAL(10,6)) * 1000000 AS BIGINT)) AS VARCHAR))";

  /** MySQL keeps the SRID in four bytes before the well-known ones. */
  private static final String EXTENDED_WKB =
      "CASE WHEN ST_SRID(%s) = 0 THEN SUBSTR(CAST(%s AS BINARY), 5)"
          + " ELSE CONCAT(SUBSTR(CAST(%s AS BINARY), 5, 4), x'20', SUBSTR(CAST(%s AS BINARY), 1, 4),"
          + " SUBSTR(CAST(%s AS BINARY), 10)) END";

  private static final Map<String, String> SIGNED =
      Map.of(
          "tinyint",
          "TINYINT",
          "smallint",
          "SMALLINT",
          "mediumint",
          "INTEGER",
          "int",
          "INTEGER",
          "bigint",
          "BIGINT");
  private static final Map<String, String> UNSIGNED =
      Map.of(
          "tinyint",
          "SMALLINT",
          "smallint",
          "INTEGER",
          "mediumint",
          "INTEGER",
          "int",
          "BIGINT",
          "bigint",
          "DECIMAL(20,0)");

  /** The plan for a column, or null when its type is not one that can be compared. */
  static @Nullable ColumnPlan of(MySqlColumn column) {
    return switch (column.dataType()) {
      case "tinyint", "smallint", "mediumint", "int", "bigint" -> integer(column);
      case "bit" ->
          plan(
              column,
              column.precision() > 63 ? "DECIMAL(20,0)" : "BIGINT",
              "CAST(%s AS UNSIGNED)",
              AS_SENT,
              AS_TEXT);
      case "year" -> plan(column, "INTEGER", "CAST(%s AS UNSIGNED)", AS_SENT, AS_TEXT);
      case "decimal" -> decimal(column);
      case "float" -> floating(column, "FLOAT");
      case "double" -> floating(column, "DOUBLE");
      case "date" -> temporal(column, "DATE", "DATE");
      case "datetime" -> temporal(column, "TIMESTAMP", "TIMESTAMP");
      case "timestamp" -> temporal(column, "TIMESTAMP WITH TIME ZONE", "TIMESTAMP");
      case "time" -> plan(column, "BIGINT", "CAST(%s AS CHAR)", MICROS, AS_TEXT);
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json" ->
          plan(column, TEXT_TYPE, "CONVERT(%s USING utf8mb4)", AS_SENT, AS_TEXT);
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          plan(column, "BLOB", AS_SENT, AS_SENT, AS_SENT);
      case "vector" -> plan(column, "BLOB", AS_SENT, AS_SENT, AS_SENT);
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          plan(column, "BLOB", EXTENDED_WKB, AS_SENT, AS_SENT);
      default -> null;
    };
  }

  /** This plan for files in which the column has another type than it should have now. */
  ColumnPlan reading(String actual) {
    if (actual.equals(type)) {
      return this;
    }
    return new ColumnPlan(
        name, type, select, expected, nested(found, "TRY_CAST(%s AS " + type + ")"));
  }

  /**
   * The plan for a column that is carried otherwise than its type says: dates as text, so that zero
   * dates can be written out, or what was chosen for the column.
   *
   * @param logical how the log says that it is carried
   */
  ColumnPlan carriedAs(MySqlColumn column, String logical) {
    boolean whole =
        switch (column.dataType()) {
          case "tinyint", "smallint", "mediumint", "int", "bigint", "bit" -> true;
          default -> false;
        };
    String number = column.dataType().equals("bit") ? "CAST(%s AS UNSIGNED)" : "%s + 0";
    return switch (logical) {
      case "TEXT" -> type.equals(TEXT_TYPE) ? this : printed(column, whole ? number : null);
      case "BOOLEAN" -> plan(column, "BOOLEAN", number, TRUTH, AS_TEXT);
      case "INT64" -> whole ? plan(column, "BIGINT", number, AS_SENT, AS_TEXT) : this;
      default -> this;
    };
  }

  private static ColumnPlan printed(MySqlColumn column, @Nullable String number) {
    boolean decimal = column.dataType().equals("decimal");
    String select = number != null ? number : decimal ? "%s + 0" : "CAST(%s AS CHAR)";
    return plan(column, TEXT_TYPE, select, AS_SENT, AS_TEXT);
  }

  /** The expression over a column. */
  static String over(String expression, String column) {
    return expression.contains("%1$s")
        ? String.format(Locale.ROOT, expression, column)
        : expression.replace("%s", column);
  }

  private static ColumnPlan integer(MySqlColumn column) {
    String columnType = column.columnType();
    boolean unsigned = columnType.contains("unsigned") || columnType.contains("zerofill");
    String type = (unsigned ? UNSIGNED : SIGNED).getOrDefault(column.dataType(), "BIGINT");
    return plan(
        column, type, columnType.contains("zerofill") ? "%s + 0" : AS_SENT, AS_SENT, AS_TEXT);
  }

  private static ColumnPlan decimal(MySqlColumn column) {
    String select = column.columnType().contains("zerofill") ? "%s + 0" : AS_SENT;
    if (column.precision() > 38) {
      return plan(column, TEXT_TYPE, select, AS_SENT, AS_TEXT);
    }
    String type = "DECIMAL(" + column.precision() + "," + column.scale() + ")";
    return plan(column, type, select, nested(AS_TEXT, "CAST(decode(%s) AS " + type + ")"), AS_TEXT);
  }

  /**
   * A product with a double one makes MySQL print every digit, also of a FLOAT and whatever its
   * display width, and keeps the sign of zero.
   */
  private static ColumnPlan floating(MySqlColumn column, String type) {
    String found = nested(AS_TEXT, "CAST(%s AS DOUBLE)");
    return plan(column, type, "%s * 1E0", nested(AS_TEXT, "CAST(decode(%s) AS DOUBLE)"), found);
  }

  /** What is no date in the calendar can only be NULL in a column of dates. */
  private static ColumnPlan temporal(MySqlColumn column, String type, String compared) {
    String expected = nested(AS_TEXT, "TRY_CAST(decode(%s) AS " + compared + ")");
    return plan(
        column,
        type,
        "CAST(%s AS CHAR)",
        expected,
        nested(AS_TEXT, "CAST(%s AS " + compared + ")"));
  }

  private static ColumnPlan plan(
      MySqlColumn column, String type, String select, String expected, String found) {
    return new ColumnPlan(column.name(), type, select, expected, found);
  }

  private static String nested(String outer, String inner) {
    return outer.replace("%s", inner);
  }
}
