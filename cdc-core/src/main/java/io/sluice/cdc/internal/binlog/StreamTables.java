package io.sluice.cdc.internal.binlog;

import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns the engine's idea of a table into ours. */
final class StreamTables {
  private final SourceConfig source;
  private final TypesConfig types;
  private final InvalidDates invalidDates;
  private final MySqlCharsets charsets;

  StreamTables(SourceConfig source, TypesConfig types, InvalidDates invalidDates) {
    this.source = source;
    this.types = types;
    this.invalidDates = invalidDates;
    this.charsets = new MySqlCharsets(new MySqlConnections(source));
  }

  /** How bytes of the character set become UTF-8; a column without one has the server's UTF-8. */
  private UnaryOperator<byte[]> text(@Nullable String charset) {
    return charsets.toUtf8(charset == null ? "utf8mb4" : charset.toLowerCase(Locale.ROOT));
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
        Column column = types.column(name, label, type, c.isOptional());
        columns.add(column);
        charsets.add(c.charsetName() == null ? "" : c.charsetName());
        decoders.add(CellDecoders.of(name, column, type, text(c.charsetName()), invalidDates));
      } catch (UnsupportedOperationException e) {
        unsupported.add(label + " " + type.text() + " (" + e.getMessage() + ")");
      }
    }
    if (!unsupported.isEmpty()) {
      throw new UnsupportedColumnException(
          name + " has columns that cannot be carried: " + String.join(", ", unsupported),
          "Exclude the table with source.exclude, or change the columns or their rules in types.columns");
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
    if ("binary".equalsIgnoreCase(c.charsetName())) {
      base = bytes(base);
    }
    int length = c.length() == io.debezium.relational.Column.UNSET_INT_VALUE ? -1 : c.length();
    return MySqlType.of(
        base, length, c.scale().orElse(-1), unsigned || base.equals("serial"), values(c));
  }

  /** The engine's parser keeps a back-quote in a name as it is written in the statement: twice. */
  private static String unquoted(String name) {
    return name.replace("``", "`");
  }

  /** What the server makes of text in the character set {@code binary}. */
  private static String bytes(String base) {
    return switch (MySqlType.of(base, -1, -1, false, List.of()).name()) {
      case "char" -> "binary";
      case "varchar" -> "varbinary";
      case "tinytext" -> "tinyblob";
      case "text" -> "blob";
      case "mediumtext" -> "mediumblob";
      case "longtext" -> "longblob";
      default -> base;
    };
  }

  private static List<String> values(io.debezium.relational.Column c) {
    return c.enumValues().stream().map(StreamTables::value).toList();
  }

  /**
   * The engine keeps the values of an enum as they are written in the statement; MySQL takes spaces
   * off their ends.
   */
  private static String value(String literal) {
    String text = MySqlType.unquoted(literal);
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }
}
