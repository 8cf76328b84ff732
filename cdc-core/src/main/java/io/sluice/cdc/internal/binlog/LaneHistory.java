package io.sluice.cdc.internal.binlog;

import io.debezium.relational.Tables;
import io.debezium.relational.ddl.DdlParser;
import io.sluice.cdc.event.HistoryEntry;
import io.sluice.cdc.event.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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

  private final Predicate<String> databases;

  /**
   * @param committed the entries of the state
   * @param databases which databases matter
   */
  LaneHistory(List<String> committed, Predicate<String> databases) {
    this.databases = databases;
    HistoryEntry.add(entries, committed);
  }

  /** Entries since the last call. */
  synchronized List<String> drain() {
    List<String> drained = List.copyOf(news);
    news.clear();
    return drained;
  }

  /** Gives the engine everything known. */
  synchronized void recover(Tables into, DdlParser parser) {
    List<HistoryEntry> all = entries.values().stream().map(HistoryEntry::of).toList();
    for (HistoryEntry entry : all) {
      if (KnownTable.isEntry(entry)) {
        KnownTable known = KnownTable.read(entry);
        tables.put(StreamTables.name(known.table().id()), known);
        into.overwriteTable(known.table());
      } else if (entry.name().startsWith(DATABASE)) {
        parser.setCurrentSchema(entry.name().substring(DATABASE.length()).replace("\\n", "\n"));
        parser.parse(entry.content(), into);
      } else if (entry.name().equals(VARIABLES)) {
        parser.parse(entry.content(), into);
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

  /** Notes a statement without tables, where later ones depend on it. */
  void remember(@Nullable String database, String sql) {
    Ddl ddl = DdlReader.read(database, sql, false);
    if (ddl instanceof Ddl.Database made) {
      remember(made, sql);
    } else if (sql.trim().toUpperCase(java.util.Locale.ROOT).startsWith("SET ")) {
      note(VARIABLES, sql);
    }
  }

  /** Notes a database's defaults. */
  void remember(Ddl.Database made, String sql) {
    if (made.charset() && databases.test(made.database())) {
      note(DATABASE + made.database().replace("\n", "\\n"), sql);
    }
  }

  void forgetDatabase(String database) {
    note(DATABASE + database.replace("\n", "\\n"), "");
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
