package io.sluice.cdc.s3.internal.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a table.
 *
 * @param version numbered from 1 in each table
 * @param database the database
 * @param table the table
 * @param columns in the order of the table
 * @param key the names of the key's columns; empty without a key
 * @param dropped the names of columns of the table that are in no file; absent where there are none
 */
public record SchemaEntry(
    int version,
    String database,
    String table,
    List<ColumnEntry> columns,
    List<String> key,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> dropped) {
  /** Takes what is absent for empty. */
  @SuppressWarnings("ConstantValue") // Jackson passes null for what is absent
  public SchemaEntry {
    dropped = dropped == null ? List.of() : List.copyOf(dropped);
  }

  /**
   * A column.
   *
   * @param name as MySQL spells it
   * @param mysqlType the normalised MySQL type
   * @param logical how Sluice carries it
   * @param precision of a decimal, else 0
   * @param scale of a decimal, or the fractional digits of a time, else 0
   * @param nullable whether MySQL allows NULL
   * @param protection what was done to the values; null for values as MySQL has them
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ColumnEntry(
      String name,
      String mysqlType,
      LogicalType logical,
      int precision,
      int scale,
      boolean nullable,
      @Nullable String protection) {}

  /** The entry for a structure. */
  public static SchemaEntry of(int version, TableSchema schema) {
    List<ColumnEntry> columns = schema.columns().stream().map(SchemaEntry::entry).toList();
    TableName table = schema.table();
    return new SchemaEntry(
        version, table.database(), table.table(), columns, schema.key(), schema.dropped());
  }

  /** The structure of the entry. */
  public TableSchema schema() {
    List<Column> list = columns.stream().map(SchemaEntry::column).toList();
    return new TableSchema(new TableName(database, table), list, key, dropped);
  }

  private static ColumnEntry entry(Column column) {
    ColumnType type = column.type();
    return new ColumnEntry(
        column.name(),
        column.mysqlType(),
        type.logical(),
        type.precision(),
        type.scale(),
        column.nullable(),
        column.protection());
  }

  private static Column column(ColumnEntry entry) {
    ColumnType type = new ColumnType(entry.logical(), entry.precision(), entry.scale());
    return new Column(entry.name(), entry.mysqlType(), type, entry.nullable(), entry.protection());
  }
}
