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
  private final boolean[] keyDates;
  private final String[] invalidKeyDates;
  private final Cell cell = new Cell();

  TableCells(TableSchema schema, ZeroDates zeroDates) {
    this.schema = schema;
    this.parsers = new CellParser[schema.columns().size()];
    this.keyDates = new boolean[parsers.length];
    this.invalidKeyDates = new String[parsers.length];
    for (int i = 0; i < parsers.length; i++) {
      Column column = schema.columns().get(i);
      InvalidDates invalid = new InvalidDates(schema.table(), column.name(), zeroDates);
      dates.add(invalid);
      keyDates[i] = isKeyDate(column);
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

  /** Whether a column is of the key and its values may be dates that no calendar has. */
  private boolean isKeyDate(Column column) {
    return schema.key().contains(column.name())
        && switch (column.type().logical()) {
          case DATE, DATETIME, TIMESTAMP -> true;
          default -> false;
        };
  }

  /** The last date of a column of the key that no calendar has, and that became NULL. */
  String invalidKeyDate(int column) {
    return invalidKeyDates[column];
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
        cell.show(value, 0, value.length);
        bytes += parse(i, vectors[i]);
      }
    }
    return bytes + parsers.length;
  }

  /** The same for a row that was taken out of the packets. */
  long append(RowPackets row, ColumnVector[] vectors) {
    long bytes = 0;
    for (int i = 0; i < parsers.length; i++) {
      if (row.show(cell)) {
        bytes += parse(i, vectors[i]);
      } else {
        vectors[i].appendNull();
      }
    }
    return bytes + parsers.length;
  }

  private int parse(int column, ColumnVector into) {
    parsers[column].parse(cell, into);
    if (keyDates[column] && into.isNull(into.size() - 1)) {
      invalidKeyDates[column] = cell.text();
    }
    return cell.length();
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
