package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.TableName;

/**
 * What a column's type can hold; a value outside is refused, never cut.
 *
 * @param table the table
 * @param column the column
 * @param min the least value
 * @param max the greatest value
 */
record Bounds(TableName table, Column column, long min, long max) {

  static Bounds of(TableName table, Column column) {
    ColumnType type = column.type();
    return switch (type.logical()) {
      case BOOLEAN -> new Bounds(table, column, 0, 1);
      case INT8 -> new Bounds(table, column, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> new Bounds(table, column, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32, DATE -> new Bounds(table, column, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case SMALL_DECIMAL -> {
        long limit = 1;
        for (int i = 0; i < type.precision(); i++) {
          limit *= 10;
        }
        yield new Bounds(table, column, 1 - limit, limit - 1);
      }
      default -> new Bounds(table, column, Long.MIN_VALUE, Long.MAX_VALUE);
    };
  }

  void check(long[] values, int count) {
    if (min == Long.MIN_VALUE) {
      return;
    }
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, values[i]);
      greatest = Math.max(greatest, values[i]);
    }
    if (count > 0 && (least < min || greatest > max)) {
      throw refusal(Long.toString(least < min ? least : greatest));
    }
  }

  UnsupportedColumnException refusal(String value) {
    return new UnsupportedColumnException(
        "Column "
            + column.name()
            + " of table "
            + table
            + " holds the value "
            + value
            + ", which its type "
            + column.mysqlType()
            + " ("
            + column.type().logical()
            + ") cannot hold",
        "Check that the structure that Sluice knows of the table is the one the server has; reload the table if it"
            + " was altered without the binlog");
  }
}
