package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import java.util.List;

/** Tables of two bigint columns, {@code id} and {@code v}. */
public final class StreamTableFixture {
  private StreamTableFixture() {}

  public static StreamTable keyed(String database, String table) {
    return table(database, table, List.of("id"));
  }

  public static StreamTable keyless(String database, String table) {
    return table(database, table, List.of());
  }

  private static StreamTable table(String database, String table, List<String> key) {
    MySqlType bigint = MySqlType.parse("bigint");
    List<Column> columns =
        List.of(
            Column.of("id", bigint, false, ZeroDates.NULL),
            Column.of("v", bigint, true, ZeroDates.NULL));
    CellDecoder number = (value, into) -> ((LongVector) into).append((Long) value);
    return new StreamTable(
        new TableSchema(new TableName(database, table), columns, key),
        List.of(number, number),
        List.of("", ""));
  }
}
