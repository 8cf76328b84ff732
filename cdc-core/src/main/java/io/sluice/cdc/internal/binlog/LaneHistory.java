package io.sluice.cdc.internal.binlog;

import io.debezium.relational.Tables;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.event.HistoryEntry;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of structures, by name: the current one of each included table, the defaults of
 * their databases, the server's character set. It is as long as there are included tables, however
 * many statements there were. Thread-safe.
 */
final class LaneHistory {
  private static final String VARIABLES = "variables";
  private static final String DATABASE = "database:";

  private final Map<String, String> entries = new LinkedHashMap<>();
  private final Map<TableName, KnownTable> tables = new HashMap<>();
  private final List<String> news = new ArrayList<>();

  private final SourceConfig source;

  /**
   * @param committed the entries of the state
   * @param source which tables matter
   */
  LaneHistory(List<String> committed, SourceConfig source) {
    this.source = source;
    HistoryEntry.add(entries, committed);
    for (String text : entries.values()) {
      HistoryEntry entry = HistoryEntry.of(text);
      if (KnownTable.isEntry(entry)) {
        KnownTable known = KnownTable.read(entry);
        tables.put(StreamTables.name(known.table().id()), known);
      }
    }
  }

  private static String entryName(String database) {
    return DATABASE + database.replace("\n", "\\n");
  }

  private boolean matters(String database) {
    return source.include().stream().anyMatch(p -> p.matchesDatabase(database));
  }

  /** Entries since the last call. */
  synchronized List<String> drain() {
    List<String> drained = List.copyOf(news);
    news.clear();
    return drained;
  }

  /** Gives the engine every structure known. */
  synchronized void recover(Tables into) {
    tables.values().forEach(known -> into.overwriteTable(known.table()));
  }

  /**
   * What statements depend on that do not name a character set.
   *
   * @param statements told each statement with its database, null for the whole server
   */
  synchronized void defaults(BiConsumer<@Nullable String, String> statements) {
    List<HistoryEntry> all = entries.values().stream().map(HistoryEntry::of).toList();
    for (HistoryEntry entry : all) {
      if (entry.name().startsWith(DATABASE)) {
        String database = entry.name().substring(DATABASE.length()).replace("\\n", "\n");
        statements.accept(database, entry.content());
      } else if (entry.name().equals(VARIABLES)) {
        statements.accept(null, entry.content());
      }
    }
  }

  /** What is known of a table, or null. */
  synchronized @Nullable KnownTable get(TableName table) {
    return tables.get(table);
  }

  /** Every table that is known. */
  synchronized List<KnownTable> all() {
    return List.copyOf(tables.values());
  }

  synchronized void put(KnownTable table) {
    tables.put(StreamTables.name(table.table().id()), table);
    add(table.text());
  }

  synchronized void remove(TableName table) {
    tables.remove(table);
    if (entries.containsKey(KnownTable.entryName(table))) {
      add(KnownTable.gone(table));
    }
  }

  /** Notes the server's defaults and those of its databases, unless they are followed already. */
  synchronized void rememberDefaults(Connection connection) throws SQLException {
    if (entries.containsKey(VARIABLES)) {
      return;
    }
    Sql.query(
        connection,
        "SELECT @@GLOBAL.character_set_server, @@GLOBAL.collation_server",
        r -> {
          note(
              VARIABLES,
              "SET character_set_server="
                  + r.getString(1)
                  + ", collation_server="
                  + r.getString(2));
          return true;
        });
    Sql.query(
        connection,
        "SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA",
        r -> {
          String database = r.getString(1);
          if (matters(database)) {
            note(
                entryName(database),
                "CREATE DATABASE "
                    + TableName.quote(database)
                    + " CHARACTER SET "
                    + r.getString(2)
                    + " COLLATE "
                    + r.getString(3));
          }
          return true;
        });
  }

  /** Notes a database's defaults. */
  void remember(Ddl.Database made, String sql) {
    if (made.charset() && matters(made.database())) {
      note(entryName(made.database()), sql);
    }
  }

  void forgetDatabase(String database) {
    note(entryName(database), "");
  }

  private synchronized void note(String name, String content) {
    String text = new HistoryEntry(name, content).text();
    if (content.isEmpty() ? entries.containsKey(name) : !text.equals(entries.get(name))) {
      add(text);
    }
  }

  private void add(String text) {
    HistoryEntry.add(entries, List.of(text));
    news.add(text);
  }
}
