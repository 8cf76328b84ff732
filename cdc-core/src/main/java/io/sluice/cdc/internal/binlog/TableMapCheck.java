package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventMetadata;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the binlog says of a table's columns with its known structure, so that a structure
 * that changed without the binlog ({@code sql_log_bin=0}) is found before a value lands in the
 * wrong column. A map may tell more columns than are known: those of functional indexes, which rows
 * do not hold. Types, sizes and number of columns are always told; names only with {@code
 * binlog_row_metadata=FULL}.
 */
final class TableMapCheck {
  private TableMapCheck() {}

  /** In what the map differs from what is known of the table; empty when both agree. */
  static String difference(TableMapEventData map, @Nullable StreamTable table) {
    return table == null ? "nothing is known of it" : compare(map, table);
  }

  static SourceException failure(TableName table, String difference) {
    return new SourceException(
        "The binlog shows another structure of table "
            + table
            + " than is known: "
            + difference
            + ". It was altered without the binlog (sql_log_bin=0)",
        "Load the table again: bin/cdc reload --table, or CdcPipeline.reload before the start");
  }

  private static String compare(TableMapEventData map, StreamTable table) {
    List<Column> columns = table.schema().columns();
    byte[] types = map.getColumnTypes();
    if (types.length < columns.size()) {
      return types.length + " columns instead of " + columns.size();
    }
    TableMapEventMetadata metadata = map.getEventMetadata();
    List<String> names = metadata == null ? null : metadata.getColumnNames();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (names != null && names.size() >= columns.size() && !names.get(i).equals(column.name())) {
        return "column " + (i + 1) + " is " + names.get(i) + " instead of " + column.name();
      }
      MySqlType type = MySqlType.parse(column.mysqlType());
      String found =
          MapColumn.difference(type, table.charset(i), types[i] & 0xff, map.getColumnMetadata()[i]);
      if (!found.isEmpty()) {
        return "column " + column.name() + " is " + found + " instead of " + type.text();
      }
    }
    return "";
  }
}
