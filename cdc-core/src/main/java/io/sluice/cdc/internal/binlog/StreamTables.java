package io.sluice.cdc.internal.binlog;

import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns the engine's idea of a table into ours. */
final class StreamTables {
  private final SourceConfig source;
  private final InvalidDates invalidDates;

  StreamTables(SourceConfig source, InvalidDates invalidDates) {
    this.source = source;
    this.invalidDates = invalidDates;
  }

  static TableName name(TableId id) {
    return new TableName(id.catalog(), id.table());
  }

  boolean includes(TableId id) {
    return source.includes(name(id));
  }

  /**
   * Our form of the table.
   *
   * @throws UnsupportedColumnException naming every column that cannot be carried
   */
  StreamTable of(Table table) {
    TableName name = name(table.id());
    List<Column> columns = new ArrayList<>();
    List<CellDecoder> decoders = new ArrayList<>();
    List<String> charsets = new ArrayList<>();
    List<String> unsupported = new ArrayList<>();
    for (io.debezium.relational.Column c : table.columns()) {
      MySqlType type = type(c);
      String label = unquoted(c.name());
      if (Column.isReserved(label)) {
        unsupported.add(label + " (names that begin with _cdc_ are Sluice's own)");
        continue;
      }
      try {
        Column column = Column.of(label, type, c.isOptional(), invalidDates.choice());
        columns.add(column);
        charsets.add(c.charsetName() == null ? "" : c.charsetName());
        decoders.add(CellDecoders.of(name, column, type, c.charsetName(), invalidDates));
      } catch (UnsupportedOperationException e) {
        unsupported.add(label + " " + type.text());
      }
    }
    if (!unsupported.isEmpty()) {
      throw new UnsupportedColumnException(
          name + " has columns that cannot be carried: " + String.join(", ", unsupported),
          "Exclude the table with source.exclude, or change the columns");
    }
    return new StreamTable(new TableSchema(name, columns, key(table)), decoders, charsets);
  }

  /**
   * The engine takes any unique key for want of a primary key; one that may hold NULL tells no rows
   * apart.
   */
  private static List<String> key(Table table) {
    boolean nullable =
        table.primaryKeyColumns().stream().anyMatch(io.debezium.relational.Column::isOptional);
    return nullable
        ? List.of()
        : table.primaryKeyColumnNames().stream().map(StreamTables::unquoted).toList();
  }

  static MySqlType type(io.debezium.relational.Column c) {
    String text = c.typeName().toLowerCase(Locale.ROOT);
    boolean unsigned = text.contains("unsigned") || text.contains("zerofill");
    String base = text.replace("unsigned", "").replace("zerofill", "").replace("signed", "").trim();
    int length = c.length() == io.debezium.relational.Column.UNSET_INT_VALUE ? -1 : c.length();
    return MySqlType.of(
        base, length, c.scale().orElse(-1), unsigned || base.equals("serial"), values(c));
  }

  /** The engine's parser keeps a back-quote in a name as it is written in the statement: twice. */
  private static String unquoted(String name) {
    return name.replace("``", "`");
  }

  private static List<String> values(io.debezium.relational.Column c) {
    return c.enumValues().stream().map(StreamTables::unquote).toList();
  }

  /** The engine keeps the values of an enum as they are written in the statement. */
  private static String unquote(String literal) {
    if (literal.length() >= 2 && literal.startsWith("'") && literal.endsWith("'")) {
      return literal.substring(1, literal.length() - 1).replace("''", "'");
    }
    return literal;
  }
}
