package io.sluice.cdc.s3.sql;

import io.sluice.cdc.s3.internal.key.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One table for one dialect.
 *
 * @param table what is known of it
 * @param names what its objects are called
 * @param location where the engine sees the final location
 * @param dialect the dialect
 */
record TableSql(Readable table, ObjectNames names, String location, Dialect dialect) {

  /** Where its days are, without a slash at the end. */
  String folder() {
    String database = Names.escape(table.history().table().database());
    String name = Names.escape(table.history().table().table());
    return location.replaceAll("/+$", "") + "/" + database + "/" + name;
  }

  String rows() {
    return dialect.name(names.schema(), names.rows());
  }

  String current() {
    return dialect.name(names.schema(), names.current());
  }

  String asOf() {
    return dialect.name(names.schema(), names.asOf());
  }

  /** The name of the day's column; a column of the table may have taken it. */
  String day() {
    return table.hasColumn("dt") ? "_cdc_dt" : "dt";
  }

  /** Declarations of the table's own columns and of those of Sluice. */
  String declared(Function<Readable.Col, String> own, List<String> added) {
    List<String> all = new ArrayList<>(table.columns().stream().map(own).toList());
    all.addAll(added);
    return all.stream().map(c -> "  " + c).collect(Collectors.joining(",\n"));
  }

  /** {@code name TYPE}. */
  String declare(Readable.Col column) {
    return dialect.name(column.name()) + " " + dialect.type(column.type());
  }

  /**
   * While compacted files stand beside those that they replace, a row is there twice, and equal
   * rows of a table without a key count each: only the file that came first counts for what was
   * committed in it. A row with a key is the latest of its key however often it is there.
   */
  private String each() {
    return "(\n    SELECT *\n    FROM (\n      SELECT _cdc_rows.*, min(_cdc_file) OVER (PARTITION BY"
        + " _cdc_origin) AS _cdc_first_file\n      FROM _cdc_rows\n    ) _cdc_copies\n    WHERE _cdc_file ="
        + " _cdc_first_file\n  ) _cdc_rows";
  }

  /**
   * The state of the table: the latest row of each key; or, without a key, each row as often as it
   * was inserted less as often as it was deleted. Only what came after the last {@code t} counts.
   *
   * @param source where all rows are
   * @param conditions which of them are looked at, joined by AND
   */
  String state(String source, List<String> conditions) {
    String where = conditions.isEmpty() ? "" : "\n  WHERE " + String.join("\n    AND ", conditions);
    return "WITH _cdc_rows AS (\n  SELECT "
        + columns(c -> dialect.name(c.name()))
        + ", _cdc_op, _cdc_seq"
        + (table.hasKey()
            ? ""
            : ", " + dialect.origin() + " AS _cdc_origin, " + dialect.file() + " AS _cdc_file")
        + "\n  FROM "
        + source
        + where
        + "\n)\nSELECT "
        + columns(dialect::value)
        + "\nFROM (\n  SELECT _cdc_rows.*, "
        + (table.hasKey() ? latest() : counted())
        + "\n  FROM "
        + (table.hasKey() ? "_cdc_rows" : each())
        + "\n  WHERE _cdc_op <> 't' AND _cdc_seq > (SELECT coalesce(max(_cdc_seq), -1) FROM"
        + " _cdc_rows WHERE _cdc_op = 't')\n) _cdc_ranked\nWHERE _cdc_op <> 'd' AND "
        + (table.hasKey() ? "_cdc_rank = 1" : "_cdc_rank <= _cdc_count");
  }

  private String latest() {
    String key = table.schema().key().stream().map(dialect::name).collect(Collectors.joining(", "));
    return "row_number() OVER (PARTITION BY " + key + " ORDER BY _cdc_seq DESC) AS _cdc_rank";
  }

  /** Window functions, for they take NULL for equal to NULL and need no join. */
  private String counted() {
    String all = columns(dialect::alike);
    String deleted = "CASE WHEN _cdc_op = 'd' THEN 1 ELSE 0 END";
    return "row_number() OVER (PARTITION BY "
        + all
        + ", "
        + deleted
        + " ORDER BY _cdc_seq) AS _cdc_rank,\n    sum(CASE WHEN _cdc_op = 'd' THEN -1 ELSE 1 END) OVER"
        + " (PARTITION BY "
        + all
        + ") AS _cdc_count";
  }

  private String columns(Function<Readable.Col, String> each) {
    return table.columns().stream().map(each).collect(Collectors.joining(", "));
  }

  /**
   * Patterns over names of files, one of which fits each commit after those that are dead, as long
   * as numbers have 20 digits.
   */
  List<String> patternsOfLiveCommits() {
    String last = String.format(Locale.ROOT, "%020d", table.history().deadThrough());
    List<String> patterns = new ArrayList<>();
    for (int i = last.length() - 1; i >= 0; i--) {
      char digit = last.charAt(i);
      if (digit < '9') {
        patterns.add(last.substring(0, i) + "[" + (char) (digit + 1) + "-9]*");
      }
    }
    return patterns;
  }
}
