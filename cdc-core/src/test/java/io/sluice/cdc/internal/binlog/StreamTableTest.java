package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StreamTableTest {
  @Test
  void aZeroDateInAKeyIsItsOwnTextAndIsNotCounted() {
    TableName name = new TableName("shop", "t");
    MySqlType type = MySqlType.parse("datetime");
    Column column = Column.of("d", type, false, ZeroDates.NULL);
    InvalidDates dates =
        new InvalidDates(
            ZeroDates.NULL,
            c -> {
              throw new AssertionError("counted " + c);
            });
    StreamTable table =
        new StreamTable(
            new TableSchema(name, List.of(column), List.of("d")),
            List.of(CellDecoders.of(name, column, type, UnaryOperator.identity(), dates)),
            List.of(""));
    assertThat(table.keyTexts(new Object[] {InvalidDate.datetime(0, 0, 0, 0, 0, 0, 0, 0)}))
        .containsExactly("0000-00-00 00:00:00");
    assertThat(table.keyTexts(new Object[] {0L})).containsExactly("1970-01-01 00:00:00.000000");
  }
}
