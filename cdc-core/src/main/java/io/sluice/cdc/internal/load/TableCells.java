package io.sluice.cdc.internal.load;

import com.mysql.cj.result.Row;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How the columns of a table are asked for and read. Used by one thread. */
final class TableCells {
  private final TableSchema schema;
  private final CellParser[] parsers;
  private final List<InvalidDates> dates = new ArrayList<>();

  TableCells(TableSchema schema, ZeroDates zeroDates) {
    this.schema = schema;
    this.parsers = new CellParser[schema.columns().size()];
    for (int i = 0; i < parsers.length; i++) {
      Column column = schema.columns().get(i);
      InvalidDates invalid = new InvalidDates(schema.table(), column.name(), zeroDates);
      dates.add(invalid);
      parsers[i] =
          CellParsers.of(schema.table(), column, MySqlType.parse(column.mysqlType()), invalid);
    }
  }

  TableSchema schema() {
    return schema;
  }

  int size() {
    return parsers.length;
  }

  /** Columns of the key whose values may be dates that no calendar has. */
  int[] keyDates() {
    return schema.key().stream()
        .mapToInt(schema::indexOf)
        .filter(
            i ->
                switch (schema.columns().get(i).type().logical()) {
                  case DATE, DATETIME, TIMESTAMP -> true;
                  default -> false;
                })
        .toArray();
  }

  /** The columns by name, so that a column added or moved meanwhile shifts nothing. */
  String selectList() {
    return schema.columns().stream()
        .map(c -> CellParsers.select(TableName.quote(c.name()), MySqlType.parse(c.mysqlType())))
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + schema.table().quoted()));
  }

  /**
   * Appends one value to every vector.
   *
   * @return how many bytes the values have
   */
  long append(Row row, ColumnVector[] vectors) {
    long bytes = 0;
    for (int i = 0; i < parsers.length; i++) {
      byte[] value = row.getBytes(i);
      if (value == null) {
        vectors[i].appendNull();
      } else {
        bytes += value.length;
        parsers[i].parse(value, vectors[i]);
      }
    }
    return bytes + parsers.length;
  }

  /** Tells how many invalid dates became NULL since the last call. */
  void drainInvalidDates(LoadListener listener) {
    for (InvalidDates column : dates) {
      long count = column.drain();
      if (count > 0) {
        listener.zeroDates(schema.table(), column.column(), count);
      }
    }
  }
}
