package io.sluice.cdc.spark.internal.rows;

import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Columns by their names, whatever characters these have. */
final class Names {
  static final String OP = "_cdc_op";
  static final String SEQ = "_cdc_seq";
  static final String TS = "_cdc_ts";

  private Names() {}

  /** For SQL. */
  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static Column column(String name) {
    return functions.col(quote(name));
  }

  static Column column(String alias, String name) {
    return functions.col(alias + "." + quote(name));
  }

  /** The columns of the table in the lake. */
  static Column[] stored(TableSchema table) {
    List<Column> all = new ArrayList<>();
    table.columns().forEach(c -> all.add(column(c.name())));
    all.add(column(SEQ));
    all.add(column(TS));
    return all.toArray(Column[]::new);
  }
}
