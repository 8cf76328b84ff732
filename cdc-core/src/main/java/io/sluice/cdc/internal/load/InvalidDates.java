package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.UnfitValueException;

/**
 * Does with the zero and invalid dates of one column what the configuration says, and counts them.
 * Not thread-safe.
 */
final class InvalidDates {
  private static final String OR = ", or set types.zeroDates to null or text";

  private final TableName table;
  private final String column;
  private final ZeroDates choice;
  private long nulled;

  InvalidDates(TableName table, String column, ZeroDates choice) {
    this.table = table;
    this.column = column;
    this.choice = choice;
  }

  /** Appends a date, or what takes its place when it is {@link AsciiTimes#INVALID}. */
  void append(Cell text, long value, ColumnVector into) {
    if (value != AsciiTimes.INVALID) {
      ((LongVector) into).append(value);
      return;
    }
    if (choice == ZeroDates.FAIL) {
      throw new UnfitValueException(
          table,
          column,
          "holds a date which no calendar has",
          "Correct the value in MySQL" + OR,
          "holds the date " + text.text() + ", which no calendar has",
          "Find the rows with SELECT * FROM "
              + table.quoted()
              + " WHERE "
              + TableName.quote(column)
              + " = '"
              + text.text()
              + "' and correct them"
              + OR);
    }
    into.appendNull();
    nulled++;
  }

  String column() {
    return column;
  }

  /** How many became NULL since the last call. */
  long drain() {
    long count = nulled;
    nulled = 0;
    return count;
  }
}
