package io.sluice.cdc.internal.binlog;

import io.debezium.relational.Column;
import io.debezium.relational.ColumnEditor;
import io.debezium.relational.Table;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.TableFacts;
import io.sluice.cdc.internal.mysql.TableFacts.ColumnFacts;
import java.sql.Types;
import java.util.List;
import java.util.Locale;

/**
 * Puts a table as the server describes it into the engine's words: the same that the engine's
 * parser finds in {@code SHOW CREATE TABLE}, so that it can go on from there with an ALTER. The
 * parser itself takes a second of CPU time before it has read its first statement.
 */
final class EngineTable {
  private EngineTable() {}

  static Table of(TableName table, TableFacts facts) {
    List<Column> columns = facts.columns().stream().map(EngineTable::column).toList();
    return Table.editor()
        .tableId(LaneSchema.id(table))
        .addColumns(columns)
        .setPrimaryKeyNames(facts.key())
        .setDefaultCharsetName(facts.charset())
        .create();
  }

  private static Column column(ColumnFacts facts) {
    MySqlType type = MySqlType.parse(facts.type());
    String words = words(facts.type());
    ColumnEditor column =
        Column.editor()
            .name(facts.name())
            .type(words)
            .jdbcType(jdbcType(words))
            .optional(facts.nullable())
            .autoIncremented(facts.selfSet())
            .generated(facts.selfSet())
            .charsetName(facts.charset());
    if (type.values().isEmpty()) {
      sized(column, facts.type());
    } else {
      column.length(1).enumValues(type.values().stream().map(MySqlType::quoted).toList());
    }
    return column.create();
  }

  /** The type without what stands in parentheses, e.g. {@code BIGINT UNSIGNED}. */
  private static String words(String type) {
    int open = type.indexOf('(');
    String words =
        open < 0 ? type : type.substring(0, open) + type.substring(type.lastIndexOf(')') + 1);
    return words.toUpperCase(Locale.ROOT).trim();
  }

  private static void sized(ColumnEditor column, String type) {
    int open = type.indexOf('(');
    if (open >= 0) {
      String[] sizes = type.substring(open + 1, type.indexOf(')')).split(",");
      column.length(Integer.parseInt(sizes[0].trim()));
      if (sizes.length > 1) {
        column.scale(Integer.parseInt(sizes[1].trim()));
      }
    }
  }

  private static int jdbcType(String words) {
    String base = words.split(" ", 2)[0];
    return switch (base) {
      case "TINYINT", "SMALLINT" -> Types.SMALLINT;
      case "MEDIUMINT", "INT", "YEAR" -> Types.INTEGER;
      case "BIGINT" -> Types.BIGINT;
      case "DECIMAL" -> Types.DECIMAL;
      case "FLOAT" -> Types.FLOAT;
      case "DOUBLE" -> Types.DOUBLE;
      case "BIT" -> Types.BIT;
      case "DATE" -> Types.DATE;
      case "TIME" -> Types.TIME;
      case "DATETIME" -> Types.TIMESTAMP;
      case "TIMESTAMP" -> Types.TIMESTAMP_WITH_TIMEZONE;
      case "CHAR", "ENUM", "SET" -> Types.CHAR;
      case "BINARY" -> Types.BINARY;
      case "VARBINARY" -> Types.VARBINARY;
      case "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB" -> Types.BLOB;
      case "VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT" -> Types.VARCHAR;
      default -> Types.OTHER;
    };
  }
}
