package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.relational.Table;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  private final LaneContext lane;
  private final LaneSchema schema;
  private final LaneDispatcher dispatcher;
  private final LaneHistory history;
  private final ChangeReceiver receiver;
  private final TableFates fates;
  private boolean lowerCase;

  DdlHandler(LaneContext lane, LaneSchema schema, LaneDispatcher dispatcher) {
    this.lane = lane;
    this.schema = schema;
    this.dispatcher = dispatcher;
    this.history = lane.history();
    this.receiver = lane.receiver();
    this.fates = new TableFates(lane, schema, dispatcher);
  }

  /** To be called when all structures are known and before the first event. */
  void begin() {
    lowerCase = lane.lowerCaseNames();
    fates.begin();
  }

  /** What becomes of tables. */
  TableFates fates() {
    return fates;
  }

  /**
   * Handles a statement.
   *
   * @return false when it is not one that defines data
   */
  boolean handle(QueryEventData query, MySqlOffsetContext offset, long eventEnd)
      throws InterruptedException {
    DdlStatement statement =
        DdlStatement.of(query, offset, eventEnd, lane.settings().hideLiterals());
    Ddl ddl = DdlReader.read(statement.database(), statement.sql(), lowerCase);
    if (ddl instanceof Ddl.NotDdl) {
      return false;
    }
    receiver.begin(
        dispatcher.transactions().current(statement.file(), statement.position()),
        dispatcher.transactions().gtid());
    if (ddl instanceof Ddl.CreateTable create) {
      create(create, statement);
    } else if (ddl instanceof Ddl.AlterTable alter) {
      alter(alter, statement);
    } else if (ddl instanceof Ddl.DropTables drop) {
      for (TableName table : drop.tables()) {
        fates.gone(table, statement);
      }
    } else if (ddl instanceof Ddl.Truncate truncate) {
      fates.truncate(truncate.table(), statement);
    } else if (ddl instanceof Ddl.Rename rename) {
      rename(rename, statement);
    } else {
      other(ddl, statement);
    }
    return true;
  }

  private void other(Ddl ddl, DdlStatement statement) throws InterruptedException {
    if (ddl instanceof Ddl.Database made) {
      database(made, statement);
    } else if (ddl instanceof Ddl.DropDatabase drop) {
      for (TableName table : schema.tablesOf(drop.database())) {
        fates.gone(table, statement);
      }
      history.forgetDatabase(drop.database());
    } else if (ddl instanceof Ddl.Unknown) {
      unknown(statement);
    }
  }

  private void create(Ddl.CreateTable create, DdlStatement statement) throws InterruptedException {
    TableName table = create.table();
    derived(table, statement);
    if (fates.passesOver(table, statement)
        || (create.ifNotExists() && schema.structure(table) != null)) {
      return;
    }
    TableName like = create.like();
    Table made = like != null && schema.structure(like) == null ? null : applied(table, statement);
    if (made == null) {
      fates.lost(
          table,
          "it was made by a statement that does not tell its structure: " + statement.quoted(),
          statement);
      return;
    }
    dispatcher.forget(table);
    KnownTable copied = like == null ? null : history.get(like);
    boolean primary =
        like == null
            ? DdlReader.makesPrimaryKey(statement.sql())
            : copied != null && copied.primary();
    learn(made, primary, Set.of());
    receiver.structure(
        streamTable(table), StructureChange.CREATED, statement.file(), statement.position());
  }

  private void alter(Ddl.AlterTable alter, DdlStatement statement) throws InterruptedException {
    renamed(alter, statement);
    TableName other = alter.specs().exchangedWith();
    if (other != null && !fates.passesOver(other, statement)) {
      fates.changed(other, "exchanges its rows with a partition", statement);
    }
    TableName target = alter.specs().renamedTo();
    if (target != null && !target.equals(alter.table())) {
      fates.gone(alter.table(), statement);
      fates.comes(target, alter.table(), statement);
      return;
    }
    if (!fates.passesOver(alter.table(), statement)) {
      alterInPlace(alter, statement);
    }
  }

  private void renamed(Ddl.AlterTable alter, DdlStatement statement) {
    TableName target = alter.specs().renamedTo();
    Map<String, String> renames = alter.specs().renames();
    derived(alter.table(), statement);
    if (target != null) {
      derived(target, statement);
    }
    if (!renames.isEmpty()) {
      lane.settings().names().renamed(alter.table(), renames);
      if (target != null && !target.equals(alter.table())) {
        lane.settings().names().renamed(target, renames);
      }
    }
  }

  private void derived(TableName table, DdlStatement statement) {
    if (lane.includes(table)) {
      Map<String, Set<String>> sources = DerivedSpecs.of(statement.sql());
      if (!sources.isEmpty()) {
        lane.settings().names().derived(table, sources);
      }
    }
  }

  private void alterInPlace(Ddl.AlterTable alter, DdlStatement statement)
      throws InterruptedException {
    TableName table = alter.table();
    Table before = schema.structure(table);
    StreamTable streamedBefore = dispatcher.known(table);
    Table after = before == null ? null : withDefaults(applied(table, statement), alter.specs());
    if (before == null || streamedBefore == null || after == null) {
      fates.unreadable(table, statement);
      return;
    }
    KnownTable known = history.get(table);
    boolean primary = known != null && known.primary();
    if (alter.specs().dropsIndex() && !primary && streamedBefore.hasKey()) {
      fates.lost(
          table,
          "it may have lost its key, which was no primary key: " + statement.quoted(),
          statement);
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
      receiver.structure(streamed, StructureChange.ALTERED, statement.file(), statement.position());
    }
    String reason =
        new ValueChanges(before, after, alter.specs(), known == null ? Set.of() : known.dropped())
            .reason(streamedBefore.schema().key(), streamed.schema().key());
    if (!reason.isEmpty()) {
      fates.changed(table, reason, statement);
    }
  }

  /** The parser does not note a new default character set. */
  private static @Nullable Table withDefaults(@Nullable Table table, AlterSpecs specs) {
    String charset = specs.defaultCharset();
    return table == null || charset == null
        ? table
        : table.edit().setDefaultCharsetName(charset).create();
  }

  private void rename(Ddl.Rename rename, DdlStatement statement) throws InterruptedException {
    for (Ddl.Move move : rename.moves()) {
      fates.gone(move.from(), statement);
      fates.comes(move.to(), move.from(), statement);
    }
  }

  private void database(Ddl.Database made, DdlStatement statement) {
    try {
      schema.apply(statement.database(), statement.sql());
      history.remember(made, statement.sql());
    } catch (LaneSchema.NotParsed e) {
      LOG.warn("Passed over a statement that cannot be understood: {}", statement.quoted());
    }
  }

  private void unknown(DdlStatement statement) {
    String database = statement.database();
    String text = statement.sql().toLowerCase(Locale.ROOT);
    for (TablePattern pattern : lane.source().include()) {
      String name = pattern.databaseText().toLowerCase(Locale.ROOT);
      boolean here = database != null && pattern.matchesDatabase(database);
      if (here || name.contains("*") || name.contains("?") || text.contains(name)) {
        throw new SourceException(
            "The binlog holds a statement that cannot be understood and may concern an included table: "
                + statement.quoted(),
            "Report it. To go on, start the pipeline under a new id, so that everything is loaded again");
      }
    }
    LOG.warn("Passed over a statement that concerns no included table: {}", statement.quoted());
  }

  /** The structure of the table after the statement, or null when it is not understood. */
  private @Nullable Table applied(TableName table, DdlStatement statement) {
    try {
      schema.apply(statement.database(), statement.sql());
      return schema.structure(table);
    } catch (LaneSchema.NotParsed e) {
      LOG.debug("Not parsed: {}", statement.quoted(), e);
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
}
