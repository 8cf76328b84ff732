package io.sluice.cdc.spark.internal.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The structure up to which a table is merged, as a property of the table: the log tells a
 * structure once, and the next run does not read that far back.
 *
 * @param version its number in the log
 * @param schema the structure
 */
public record StructureText(int version, TableSchema schema) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  String write() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", version);
    root.put("database", schema.table().database());
    root.put("table", schema.table().table());
    schema
        .columns()
        .forEach(
            c ->
                root.withArray("columns")
                    .addArray()
                    .add(c.name())
                    .add(c.type().logical().name())
                    .add(c.type().precision())
                    .add(c.type().scale()));
    root.putArray("key");
    schema.key().forEach(root.withArray("key")::add);
    return root.toString();
  }

  static StructureText read(String text) {
    JsonNode root = parse(text);
    List<Column> columns = new ArrayList<>();
    for (JsonNode c : root.path("columns")) {
      ColumnType type =
          new ColumnType(
              LogicalType.valueOf(c.get(1).asText()), c.get(2).asInt(), c.get(3).asInt());
      columns.add(new Column(c.get(0).asText(), "", type, true));
    }
    List<String> key = new ArrayList<>();
    root.path("key").forEach(k -> key.add(k.asText()));
    TableName table = new TableName(root.path("database").asText(), root.path("table").asText());
    return new StructureText(root.path("version").asInt(), new TableSchema(table, columns, key));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The property sluice.structure is damaged", e);
    }
  }
}
