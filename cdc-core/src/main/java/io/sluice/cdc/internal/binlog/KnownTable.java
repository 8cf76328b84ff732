package io.sluice.cdc.internal.binlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.debezium.document.Document;
import io.debezium.document.DocumentReader;
import io.debezium.document.DocumentWriter;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.history.JsonTableChangeSerializer;
import io.debezium.relational.history.TableChanges.TableChange;
import io.debezium.relational.history.TableChanges.TableChangeType;
import io.sluice.cdc.event.HistoryEntry;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table's structure as the state keeps it: one entry for each table.
 *
 * @param table the engine's idea of the table
 * @param from what the binlog says of the table before this position is part of its load already,
 *     and has another structure perhaps; null where the stream has followed the table
 * @param primary whether its key is a primary key, not the first unique index that may serve as one
 * @param parsed whether the stream has altered it by what a statement said, not the server
 * @param dropped columns, in lower case, that older files of the table still have
 */
record KnownTable(
    Table table,
    @Nullable SourcePosition from,
    boolean primary,
    boolean parsed,
    Set<String> dropped) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "table:";

  /** Copies the set. */
  KnownTable {
    dropped = Set.copyOf(dropped);
  }

  static String entryName(TableName table) {
    return PREFIX + table.quoted().replace("\n", "\\n");
  }

  static String gone(TableName table) {
    return new HistoryEntry(entryName(table), "").text();
  }

  static boolean isEntry(HistoryEntry entry) {
    return entry.name().startsWith(PREFIX);
  }

  String text() {
    ObjectNode node = JSON.createObjectNode();
    TableName name = StreamTables.name(table.id());
    node.put("database", name.database()).put("table", name.table());
    // The engine's text form of an identifier cannot carry every name.
    Table plain = table.edit().tableId(new TableId("d", null, "t")).create();
    Document document =
        new JsonTableChangeSerializer()
            .toDocument(new TableChange(TableChangeType.CREATE, plain, null));
    try {
      node.put("structure", DocumentWriter.defaultWriter().write(document));
    } catch (IOException e) {
      throw new UncheckedIOException("The structure of " + name + " cannot be written", e);
    }
    if (from != null) {
      ObjectNode place = node.putObject("from");
      place.put("file", from.binlogFile()).put("position", from.binlogPosition());
      place.put("gtids", from.gtidSet()).put("server", from.serverUuid());
    }
    node.put("primary", primary);
    if (parsed) {
      node.put("parsed", true);
    }
    new TreeSet<>(dropped).forEach(node.withArray("dropped")::add);
    return new HistoryEntry(entryName(name), node.toString()).text();
  }

  static KnownTable read(HistoryEntry entry) {
    try {
      JsonNode node = JSON.readTree(entry.content());
      Table read =
          JsonTableChangeSerializer.fromDocument(
                  DocumentReader.defaultReader().read(node.get("structure").asText()), true)
              .getTable();
      TableId id = new TableId(node.get("database").asText(), null, node.get("table").asText());
      Set<String> dropped = new TreeSet<>();
      node.path("dropped").forEach(c -> dropped.add(c.asText()));
      return new KnownTable(
          read.edit().tableId(id).create(),
          from(node.get("from")),
          node.path("primary").asBoolean(),
          node.path("parsed").asBoolean(),
          dropped);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A schema history entry is damaged: " + entry.name(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("A schema history entry is damaged: " + entry.name(), e);
    }
  }

  private static @Nullable SourcePosition from(@Nullable JsonNode place) {
    return place == null
        ? null
        : new SourcePosition(
            place.get("file").asText(),
            place.get("position").asLong(),
            place.get("gtids").textValue(),
            place.get("server").asText());
  }
}
