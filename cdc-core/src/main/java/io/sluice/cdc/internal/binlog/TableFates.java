package io.sluice.cdc.internal.binlog;

import io.debezium.connector.mysql.MySqlOffsetContext;
import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an included table whose rows a statement took away, or changed without the binlog
 * telling them: it is emptied, dropped, loaded again, or the stream stops. Used by the reader's
 * thread.
 */
final class TableFates {
  private static final Logger LOG = LoggerFactory.getLogger(TableFates.class);

  private final LaneContext lane;
  private final LaneSchema schema;
  private final LaneDispatcher dispatcher;
  private final LaneHistory history;
  private final ChangeReceiver receiver;
  private final HeldByLoad held = new HeldByLoad();

  TableFates(LaneContext lane, LaneSchema schema, LaneDispatcher dispatcher) {
    this.lane = lane;
    this.schema = schema;
    this.dispatcher = dispatcher;
    this.history = lane.history();
    this.receiver = lane.receiver();
  }

  /** To be called when all structures are known and before the first event. */
  void begin() {
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

  /** Tables of others, and what a load holds. */
  boolean passesOver(TableName table, DdlStatement by) {
    return !lane.includes(table) || held.covers(table, gtid(), by.file(), by.end());
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
    String reason = "its structure is not what its statements told: " + difference;
    lost(table, reason, DdlStatement.none(offset));
    return true;
  }

  /** The statement that alters the table is not understood. */
  void unreadable(TableName table, DdlStatement by) throws InterruptedException {
    if (lane.settings().onValueChange() == OnValueChange.STOP) {
      throw new SourceException(
          "A statement on table " + table + " cannot be understood: " + by.quoted(),
          "Load the table again (reload, or load.onValueChange: reload), or exclude it");
    }
    lost(table, "it was altered by a statement that cannot be understood: " + by.quoted(), by);
  }

  /** The table's structure is not known any more. */
  void lost(TableName table, String reason, DdlStatement by) throws InterruptedException {
    forget(table);
    stale(table, reason, false, by);
  }

  private void forget(TableName table) {
    dispatcher.forget(table);
    schema.forget(table);
    history.remove(table);
  }

  /** Values or rows changed without being told. */
  void changed(TableName table, String what, DdlStatement by) throws InterruptedException {
    String text = "a statement " + what + ", and the binlog does not tell the rows: " + by.quoted();
    switch (lane.settings().onValueChange()) {
      case RELOAD -> stale(table, text, true, by);
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

  void truncate(TableName table, DdlStatement by) throws InterruptedException {
    if (passesOver(table, by)) {
      return;
    }
    StreamTable known = dispatcher.known(table);
    if (known == null) {
      stale(table, "it was emptied while its structure was not known", false, by);
    } else {
      receiver.truncate(known, by.file(), by.position());
    }
  }

  /** A table has taken the name of another. */
  void comes(TableName table, TableName from, DdlStatement by) throws InterruptedException {
    if (!passesOver(table, by)) {
      lost(table, "table " + from + " has taken this name", by);
    }
  }

  /** Also for a table that is about to be loaded: its older rows do not count any more. */
  void gone(TableName table, DdlStatement by) throws InterruptedException {
    lane.settings().names().gone(table);
    if (!lane.includes(table) || held.isBefore(table, gtid(), by.file(), by.end())) {
      return;
    }
    StreamTable known = dispatcher.known(table);
    forget(table);
    held.gone(table);
    receiver.gone(table, known, by.file(), by.position());
  }

  private void stale(TableName table, String reason, boolean known, DdlStatement by)
      throws InterruptedException {
    if (receiver.stale(table, reason, known, by.file(), by.position())) {
      held.await(table);
      LOG.warn("Table {} is loaded again: {}", table, reason);
    }
  }

  private @Nullable String gtid() {
    return dispatcher.transactions().gtid();
  }
}
