package io.sluice.cdc.spark.internal.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cdc.event.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * How far the last run came that merged every table: a shortcut, so that the next one need not read
 * the log from its first record. It is a property of a table of its own, without rows. No number in
 * it decides what is merged; each table knows that itself. Drop it, and the log is read from its
 * beginning once.
 *
 * @param commit every table was merged up to it
 * @param choice by which settings tables were chosen and named; others mean other tables
 * @param tables each table that was known, with the commit up to which its own number said it is
 *     merged
 */
public record Progress(long commit, String choice, Map<TableName, Long> tables) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PROPERTY = "sluice.progress";

  /** Copies the map. */
  public Progress {
    tables = new TreeMap<>(tables);
  }

  /** What the last run left; nothing when there was none, or it cannot be read. */
  public static Optional<Progress> read(Lake lake, TableIdentifier place) {
    return Optional.ofNullable(lake.side(place).properties().get(PROPERTY)).map(Progress::parse);
  }

  /** Remembers it. */
  public void write(Lake lake, TableIdentifier place) {
    Table table = lake.side(place);
    table.updateProperties().set(PROPERTY, text()).commit();
  }

  private String text() {
    ObjectNode root = JSON.createObjectNode();
    root.put("commit", commit);
    root.put("choice", choice);
    tables.forEach(
        (table, number) ->
            root.withArray("tables")
                .addArray()
                .add(table.database())
                .add(table.table())
                .add(number));
    return root.toString();
  }

  private static Progress parse(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      Map<TableName, Long> tables = new TreeMap<>();
      root.path("tables")
          .forEach(
              t ->
                  tables.put(
                      new TableName(t.get(0).asText(), t.get(1).asText()), t.get(2).asLong()));
      return new Progress(root.path("commit").asLong(), root.path("choice").asText(), tables);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The property sluice.progress is damaged", e);
    }
  }
}
