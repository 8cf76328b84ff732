package io.sluice.cdc.internal.binlog;

import io.debezium.document.Array;
import io.debezium.document.Document;
import io.debezium.document.DocumentReader;
import io.debezium.document.DocumentWriter;
import io.debezium.document.Value;
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
    TableName name = StreamTables.name(table.id());
    // The engine's text form of an identifier cannot carry every name.
    Table plain = table.edit().tableId(new TableId("d", null, "t")).create();
    Document document = Document.create();
    document.setString("database", name.database());
    document.setString("table", name.table());
    document.setBoolean("primary", primary);
    document.setBoolean("parsed", parsed);
    document.setArray("dropped", Array.create(new TreeSet<>(dropped).toArray()));
    document.setDocument(
        "structure",
        new JsonTableChangeSerializer()
            .toDocument(new TableChange(TableChangeType.CREATE, plain, null)));
    if (from != null) {
      Document place = document.setDocument("from");
      place.setString("file", from.binlogFile());
      place.setNumber("position", from.binlogPosition());
      place.setString("gtids", from.gtidSet());
      place.setString("server", from.serverUuid());
    }
    try {
      return new HistoryEntry(entryName(name), DocumentWriter.defaultWriter().write(document))
          .text();
    } catch (IOException e) {
      throw new UncheckedIOException("The structure of " + name + " cannot be written", e);
    }
  }

  static KnownTable read(HistoryEntry entry) {
    try {
      Document document = DocumentReader.defaultReader().read(entry.content());
      Table read =
          JsonTableChangeSerializer.fromDocument(document.getDocument("structure"), true)
              .getTable();
      TableId id = new TableId(document.getString("database"), null, document.getString("table"));
      Set<String> dropped = new TreeSet<>();
      document.getArray("dropped").streamValues().map(Value::asString).forEach(dropped::add);
      return new KnownTable(
          read.edit().tableId(id).create(),
          from(document.getDocument("from")),
          document.getBoolean("primary"),
          document.getBoolean("parsed"),
          dropped);
    } catch (IOException e) {
      throw new UncheckedIOException("A schema history entry is damaged: " + entry.name(), e);
    }
  }

  private static @Nullable SourcePosition from(@Nullable Document place) {
    return place == null
        ? null
        : new SourcePosition(
            place.getString("file"),
            place.getLong("position"),
            place.getString("gtids"),
            place.getString("server"));
  }
}
