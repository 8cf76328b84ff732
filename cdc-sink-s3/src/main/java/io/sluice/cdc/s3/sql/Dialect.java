package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.ColumnType;
import java.util.List;
import java.util.stream.Collectors;

/** What differs from engine to engine. Immutable. */
abstract class Dialect {
  /** For engines that cannot replace a table. */
  static final String DROP_FIRST =
      "To print it again after a structure has changed: DROP TABLE the tables first, their files"
          + " stay.";

  private static final String ORIGIN_IN_NAME = "([0-9]{20}-[0-9]{5})-(load|change)[.]parquet$";

  /** An identifier, quoted as the standard has it. */
  String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A literal, quoted as the standard has it. */
  String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** How a column is declared. */
  abstract String type(ColumnType type);

  /** Whether a column that is declared as one type is read rightly from files that have another. */
  abstract boolean reads(ColumnType file, ColumnType declared);

  /** Whether names of tables may hold nothing but lower case letters, digits and underscores. */
  abstract boolean namesAreStrict();

  /** Whether a table without any file can be declared: most engines want a folder that is there. */
  boolean needsFiles() {
    return true;
  }

  /** What to know before the first statement. */
  abstract List<String> preface();

  /** The type of text. */
  abstract String textType();

  /** Writes a table's statements. */
  abstract void write(TableSql table, SqlText out);

  /**
   * Why a table is better not read, each with its remedy. Most engines declare one type for a
   * column, and a file that has another makes the query fail, or worse.
   */
  List<String> against(Readable table) {
    return table.mixedLive().stream().map(this::unreadable).toList();
  }

  private String unreadable(Readable.Col column) {
    return "files carry column "
        + column.name()
        + " as "
        + types(column)
        + " and as "
        + type(column.type())
        + ", which this engine does not read together; load the table again (bin/cdc reload), then"
        + " print this again. DuckDB reads it as it is";
  }

  /** The other types of a column in files whose rows may count. */
  String types(Readable.Col column) {
    return column.live().stream().map(this::type).sorted().collect(Collectors.joining(", "));
  }

  /** Where all rows are, the name or the path of the file in which a row is. */
  abstract String file();

  /**
   * The same for the file in which a row was committed, without what follows its number: a
   * compacted file tells it for each row, in any other it is the file itself.
   */
  String origin() {
    return originIn(file());
  }

  /** The number of the commit of a row. */
  String commit() {
    return commitOf(origin());
  }

  static String originIn(String file) {
    return "coalesce(_cdc_origin, regexp_extract(" + file + ", '" + ORIGIN_IN_NAME + "', 1))";
  }

  static String commitOf(String origin) {
    return "CAST(substr(" + origin + ", 1, 20) AS BIGINT)";
  }

  /** The view of the present state. */
  static void writeCurrent(TableSql sql, List<String> conditions, SqlText out) {
    String state = sql.state(sql.rows(), conditions);
    out.statement("CREATE OR REPLACE VIEW " + sql.current() + " AS\n" + state);
  }

  /** How far back a query as of a moment reaches, for a comment. */
  static String reach(Readable table) {
    return table.hasUnreadableDead()
        ? ", back to commit " + (table.history().deadThrough() + 1)
        : "";
  }

  /** A qualified name, quoted. */
  String name(String schema, String object) {
    return name(schema) + "." + name(object);
  }

  /**
   * A column by which rows are told to be alike. Zero and minus zero are equal everywhere, and are
   * two values in MySQL's rows.
   */
  String alike(Readable.Col column) {
    return switch (column.type().logical()) {
      case FLOAT, DOUBLE -> "CAST(" + name(column.name()) + " AS " + textType() + ")";
      default -> name(column.name());
    };
  }

  /** A column in the result. */
  String value(Readable.Col column) {
    return name(column.name());
  }
}
