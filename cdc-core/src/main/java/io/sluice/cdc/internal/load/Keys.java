package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.TableIndexes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds keys from what the server says of indexes. */
final class Keys {
  private final TableIndexes indexes;

  Keys(TableIndexes indexes) {
    this.indexes = indexes;
  }

  /** The key to cut the table along, or null when it has to be read in one piece. */
  @Nullable Key cuttable(TableSchema schema) {
    String index = indexes.names().get(schema.table());
    return index == null || uncuttableBecause(schema) != null
        ? null
        : new Key(columns(schema), index);
  }

  /** Why the table has to be read in one piece, or null when it can be cut. */
  @Nullable String uncuttableBecause(TableSchema schema) {
    if (schema.key().isEmpty()) {
      return "it has no primary key and no unique key over whole NOT NULL columns";
    }
    if (indexes.names().get(schema.table()) == null) {
      return "its key " + schema.key() + " holds only the beginning of a column";
    }
    return columns(schema).stream()
        .map(KeyColumn::uncuttableBecause)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * Everything on which it hangs how keys of the table compare, e.g. {@code name varchar(30)
   * utf8mb4_bin, id int}.
   */
  String order(TableSchema schema) {
    return columns(schema).stream()
        .map(c -> (c.name() + " " + c.type().text() + " " + c.collation()).strip())
        .collect(Collectors.joining(", "));
  }

  /** The columns of the table's key, in its order. */
  List<KeyColumn> columns(TableSchema schema) {
    return schema.key().stream().map(name -> column(schema, name)).toList();
  }

  private KeyColumn column(TableSchema schema, String name) {
    Column column = schema.columns().get(schema.indexOf(name));
    TableIndexes.Characters characters = indexes.characters(schema.table(), name);
    return new KeyColumn(
        column, MySqlType.parse(column.mysqlType()), characters.charset(), characters.collation());
  }
}
