package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.UnfitValueException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What becomes of dates that no calendar has.
 *
 * @param choice what the configuration says
 * @param nullified told {@code database.table.column} of each that became NULL
 */
record InvalidDates(ZeroDates choice, Consumer<String> nullified) {
  private static final String REMEDY =
      "Correct the value in MySQL, or set types.zeroDates to null or text";

  void decode(TableName table, Column column, InvalidDate value, ColumnVector into) {
    switch (choice) {
      case NULL -> {
        into.appendNull();
        nullified.accept(table + "." + column.name());
      }
      case TEXT -> ((BytesVector) into).append(value.text().getBytes(StandardCharsets.US_ASCII));
      case FAIL ->
          throw new UnfitValueException(
              table,
              column.name(),
              "holds a date which no calendar has",
              REMEDY,
              "holds the date " + value.text() + ", which no calendar has",
              REMEDY);
    }
  }
}
