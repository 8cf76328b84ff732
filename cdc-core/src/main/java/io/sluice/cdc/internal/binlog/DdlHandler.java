package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.relational.Table;
import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a statement in the binlog means for included tables. Statements that touch none of
 * them are passed over without being understood; the engine's parser only sees what makes or alters
 * an included table. Used by the reader's thread.
 */
final class DdlHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DdlHandler.class);
  private static final Pattern START_TRANSACTION =
      Pattern.compile("\\s+START\\s+TRANSACTION\\s*$", Pattern.CASE_INSENSITIVE);

  private final LaneContext lane;
  private final LaneSchema schema;
  private final LaneDispatcher dispatcher;
  private final LaneHistory history;
  private final ChangeReceiver receiver;
  private final HeldByLoad held = new HeldByLoad();
  private boolean lowerCase;
  private String sql = "";
  private @Nullable String database;
  private String file = "";
  private long position;
  private long end;

  DdlHandler(LaneContext lane, LaneSchema schema, LaneDispatcher dispatcher) {
    this.lane = lane;
    this.schema = schema;
    this.dispatcher = dispatcher;
    this.history = lane.history();
    this.receiver = lane.receiver();
  }

  /** To be called when all structures are known and before the first event. */
  void begin() {
    lowerCase = lane.lowerCaseNames();
    for (KnownTable known : history.all()) {
      SourcePosition from = known.from();
      if (from != null) {
        held.add(StreamTables.name(known.table().id()), from);
      }
    }
  }

  /** What need not be looked at. */
  HeldByLoad heldByLoad() {
    return held;
  }

  /**
   * Handles a statement.
   *
   * @return false when it is not one that defines data
   */
  boolean handle(QueryEventData query, MySqlOffsetContext offset, long eventEnd)
      throws InterruptedException {
    sql = withoutTransaction(query.getSql().trim());
    database = query.getDatabase();
    file = offset.getSource().binlogFilename();
    position = offset.getSource().binlogPosition();
    end = eventEnd;
    Ddl ddl = DdlReader.read(database, sql, lowerCase);
    if (ddl instanceof Ddl.NotDdl) {
      return false;
    }
    receiver.begin(dispatcher.transactions().current(file, position), gtid());
    if (ddl instanceof Ddl.CreateTable create) {
      create(create);
    } else if (ddl instanceof Ddl.AlterTable alter) {
      alter(alter);
    } else if (ddl instanceof Ddl.DropTables drop) {
      for (TableName table : drop.tables()) {
        gone(table);
      }
    } else if (ddl instanceof Ddl.Truncate truncate) {
      truncate(truncate.table());
    } else if (ddl instanceof Ddl.Rename rename) {
      rename(rename);
    } else {
      other(ddl);
    }
    return true;
  }

  private void other(Ddl ddl) throws InterruptedException {
    if (ddl instanceof Ddl.Database made) {
      database(made);
    } else if (ddl instanceof Ddl.DropDatabase drop) {
      for (TableName table : schema.tablesOf(drop.database())) {
        gone(table);
      }
      history.forgetDatabase(drop.database());
    } else if (ddl instanceof Ddl.Unknown) {
      unknown();
    }
  }

  private void create(Ddl.CreateTable create) throws InterruptedException {
    TableName table = create.table();
    derived(table);
    if (passesOver(table) || (create.ifNotExists() && schema.structure(table) != null)) {
      return;
    }
    TableName like = create.like();
    Table made = like != null && schema.structure(like) == null ? null : applied(table);
    if (made == null) {
      lost(table, "it was made by a statement that does not tell its structure: " + quoted());
      return;
    }
    dispatcher.forget(table);
    KnownTable copied = like == null ? null : history.get(like);
    boolean primary =
        like == null ? DdlReader.makesPrimaryKey(sql) : copied != null && copied.primary();
    learn(made, primary, Set.of());
    receiver.structure(streamTable(table), StructureChange.CREATED, file, position);
  }

  private void alter(Ddl.AlterTable alter) throws InterruptedException {
    renamed(alter);
    TableName other = alter.specs().exchangedWith();
    if (other != null && !passesOver(other)) {
      changed(other, "exchanges its rows with a partition");
    }
    TableName target = alter.specs().renamedTo();
    if (target != null && !target.equals(alter.table())) {
      gone(alter.table());
      comes(target, alter.table());
      return;
    }
    if (!passesOver(alter.table())) {
      alterInPlace(alter);
    }
  }

  private void renamed(Ddl.AlterTable alter) {
    TableName target = alter.specs().renamedTo();
    Map<String, String> renames = alter.specs().renames();
    derived(alter.table());
    if (target != null) {
      derived(target);
    }
    if (!renames.isEmpty()) {
      lane.settings().names().renamed(alter.table(), renames);
      if (target != null && !target.equals(alter.table())) {
        lane.settings().names().renamed(target, renames);
      }
    }
  }

  private void derived(TableName table) {
    if (lane.includes(table)) {
      Map<String, Set<String>> sources = DerivedSpecs.of(sql);
      if (!sources.isEmpty()) {
        lane.settings().names().derived(table, sources);
      }
    }
  }

  private void alterInPlace(Ddl.AlterTable alter) throws InterruptedException {
    TableName table = alter.table();
    Table before = schema.structure(table);
    StreamTable streamedBefore = dispatcher.known(table);
    Table after = before == null ? null : withDefaults(applied(table), alter.specs());
    if (before == null || streamedBefore == null || after == null) {
      unreadable(table);
      return;
    }
    KnownTable known = history.get(table);
    boolean primary = known != null && known.primary();
    if (alter.specs().dropsIndex() && !primary && streamedBefore.hasKey()) {
      lost(table, "it may have lost its key, which was no primary key: " + quoted());
      return;
    }
    Set<String> dropped = new HashSet<>(known == null ? Set.of() : known.dropped());
    before.columns().forEach(c -> dropped.add(c.name().toLowerCase(Locale.ROOT)));
    after.columns().forEach(c -> dropped.remove(c.name().toLowerCase(Locale.ROOT)));
    dispatcher.forget(table);
    Boolean now = alter.specs().primary();
    learn(after, now == null ? primary : now, dropped);
    StreamTable streamed = streamTable(table);
    if (!streamed.schema().equals(streamedBefore.schema())) {
      receiver.structure(streamed, StructureChange.ALTERED, file, position);
    }
    String reason =
        new ValueChanges(before, after, alter.specs(), known == null ? Set.of() : known.dropped())
            .reason(streamedBefore.schema().key(), streamed.schema().key());
    if (!reason.isEmpty()) {
      changed(table, reason);
    }
  }

  /** The parser does not note a new default character set. */
  private static @Nullable Table withDefaults(@Nullable Table table, AlterSpecs specs) {
    String charset = specs.defaultCharset();
    return table == null || charset == null
        ? table
        : table.edit().setDefaultCharsetName(charset).create();
  }

  /**
   * The binlog shows that the structure is not what statements have told.
   *
   * @return whether the table will be loaded again, so that its rows need not be looked at
   */
  boolean misunderstood(TableName table, String difference, MySqlOffsetContext offset)
      throws InterruptedException {
    KnownTable known = history.get(table);
    if (known == null || !known.parsed() || lane.settings().onValueChange() == OnValueChange.STOP) {
      return false;
    }
    file = offset.getSource().binlogFilename();
    position = offset.getSource().binlogPosition();
    lost(table, "its structure is not what its statements told: " + difference);
    return true;
  }

  private void unreadable(TableName table) throws InterruptedException {
    if (lane.settings().onValueChange() == OnValueChange.STOP) {
      throw new SourceException(
          "A statement on table " + table + " cannot be understood: " + quoted(),
          "Load the table again (reload, or load.onValueChange: reload), or exclude it");
    }
    lost(table, "it was altered by a statement that cannot be understood: " + quoted());
  }

  /** The table's structure is not known any more. */
  private void lost(TableName table, String reason) throws InterruptedException {
    forget(table);
    stale(table, reason, false);
  }

  private void forget(TableName table) {
    dispatcher.forget(table);
    schema.forget(table);
    history.remove(table);
  }

  /** Values or rows changed without being told. */
  private void changed(TableName table, String what) throws InterruptedException {
    String text = "a statement " + what + ", and the binlog does not tell the rows: " + quoted();
    switch (lane.settings().onValueChange()) {
      case RELOAD -> stale(table, text, true);
      case KEEP ->
          LOG.warn(
              "Table {}: {}. Its older files stay as they are, and differ from MySQL (load.onValueChange: keep)",
              table,
              text);
      case STOP ->
          throw new SourceException(
              "Table " + table + ": " + text,
              "Load the table again (reload), or set load.onValueChange to reload or keep");
    }
  }

  private void truncate(TableName table) throws InterruptedException {
    if (passesOver(table)) {
      return;
    }
    StreamTable known = dispatcher.known(table);
    if (known == null) {
      stale(table, "it was emptied while its structure was not known", false);
    } else {
      receiver.truncate(known, file, position);
    }
  }

  private void rename(Ddl.Rename rename) throws InterruptedException {
    for (Ddl.Move move : rename.moves()) {
      gone(move.from());
      comes(move.to(), move.from());
    }
  }

  private void comes(TableName table, TableName from) throws InterruptedException {
    if (!passesOver(table)) {
      lost(table, "table " + from + " has taken this name");
    }
  }

  /** Also for a table that is about to be loaded: its older rows do not count any more. */
  private void gone(TableName table) throws InterruptedException {
    lane.settings().names().gone(table);
    if (!lane.includes(table) || held.isBefore(table, gtid(), file, end)) {
      return;
    }
    StreamTable known = dispatcher.known(table);
    forget(table);
    held.gone(table);
    receiver.gone(table, known, file, position);
  }

  private @Nullable String gtid() {
    return dispatcher.transactions().gtid();
  }

  private void database(Ddl.Database made) {
    try {
      schema.apply(database, sql);
      history.remember(made, sql);
    } catch (LaneSchema.NotParsed e) {
      LOG.warn("Passed over a statement that cannot be understood: {}", quoted());
    }
  }

  private void unknown() {
    String text = sql.toLowerCase(Locale.ROOT);
    for (TablePattern pattern : lane.source().include()) {
      String name = pattern.databaseText().toLowerCase(Locale.ROOT);
      boolean here = database != null && pattern.matchesDatabase(database);
      if (here || name.contains("*") || name.contains("?") || text.contains(name)) {
        throw new SourceException(
            "The binlog holds a statement that cannot be understood and may concern an included table: "
                + quoted(),
            "Report it. To go on, start the pipeline under a new id, so that everything is loaded again");
      }
    }
    LOG.warn("Passed over a statement that concerns no included table: {}", quoted());
  }

  private void stale(TableName table, String reason, boolean known) throws InterruptedException {
    if (receiver.stale(table, reason, known, file, position)) {
      held.await(table);
      LOG.warn("Table {} is loaded again: {}", table, reason);
    }
  }

  /** Tables of others, and what a load holds. */
  private boolean passesOver(TableName table) {
    return !lane.includes(table) || held.covers(table, gtid(), file, end);
  }

  /** The structure of the table after the statement, or null when it is not understood. */
  private @Nullable Table applied(TableName table) {
    try {
      schema.apply(database, sql);
      return schema.structure(table);
    } catch (LaneSchema.NotParsed e) {
      LOG.debug("Not parsed: {}", quoted(), e);
      return null;
    }
  }

  private void learn(Table structure, boolean primary, Set<String> dropped) {
    schema.register(structure);
    history.put(new KnownTable(structure, null, primary, true, dropped));
  }

  private StreamTable streamTable(TableName table) {
    StreamTable made = dispatcher.known(table);
    if (made == null) {
      throw new IllegalStateException("the structure of " + table + " vanished");
    }
    return made;
  }

  /** MySQL 8.0.21 and later make a table and fill it in one transaction (CREATE TABLE … SELECT). */
  private static String withoutTransaction(String sql) {
    return START_TRANSACTION.matcher(sql).replaceFirst("");
  }

  private String quoted() {
    return Quote.of(sql, lane.settings().hideLiterals());
  }
}
