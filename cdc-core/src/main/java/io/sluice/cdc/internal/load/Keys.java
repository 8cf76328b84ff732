package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.TableIndexes;
import java.util.List;
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
    if (index == null || schema.key().isEmpty()) {
      return null;
    }
    Key key = new Key(columns(schema), index);
    return key.canBeCut() ? key : null;
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
