package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.MySqlGtid;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.Transaction;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of the transaction that the reader is in. One thread. */
final class TransactionTracker {
  private @Nullable GtidProgress done;
  private @Nullable UUID server;
  private @Nullable String tag;
  private String source = "";
  private long number;
  private @Nullable String gtid;
  private long commitMicros;
  private boolean counted = true;
  private boolean open;
  private boolean pending;
  private boolean xa;

  /** The server counts GTIDs; these are done. */
  void count(GtidProgress alreadyDone) {
    done = alreadyDone;
  }

  /** A GTID event, or an anonymous one (then {@code newGtid} is null): a transaction follows. */
  void announced(@Nullable MySqlGtid newGtid, long newCommitMicros) {
    count();
    commitMicros = newCommitMicros;
    pending = true;
    xa = false;
    gtid = null;
    if (newGtid != null) {
      source = source(newGtid);
      number = newGtid.getTransactionId();
      gtid = source + ":" + number;
      counted = false;
    }
  }

  /** The text of a UUID costs more than everything else here. */
  private String source(MySqlGtid of) {
    UUID from = of.getServerId();
    String with = of.getTag();
    if (!from.equals(server) || !java.util.Objects.equals(with, tag)) {
      server = from;
      tag = with;
      source = with == null || with.isEmpty() ? from.toString() : from + ":" + with;
    }
    return source;
  }

  /** An event of a server without such announcements tells its time, in seconds. */
  void timed(long eventMillis) {
    if (!pending && eventMillis > 0) {
      commitMicros = eventMillis * 1000;
    }
  }

  /** An XA transaction begins; its rows would count before anybody knows whether it commits. */
  void xaStarted() {
    xa = true;
  }

  void opened() {
    open = true;
  }

  void closed() {
    open = false;
    pending = false;
  }

  /** A statement that is a transaction by itself has been handled. */
  void statementDone() {
    if (!open) {
      pending = false;
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Whether no transaction is announced or open, so that the position is one to go on from. */
  boolean isBetween() {
    return !open && !pending;
  }

  @Nullable String gtid() {
    return gtid;
  }

  /** What is done, without a transaction that is not over; null where no GTIDs are counted. */
  @Nullable GtidProgress done() {
    if (isBetween()) {
      count();
    }
    return done;
  }

  private void count() {
    GtidProgress before = done;
    if (!counted && before != null) {
      done = before.with(source, number);
    }
    counted = true;
  }

  Transaction current(String file, long position) {
    String id = gtid;
    return new Transaction(id == null ? file + ":" + position : id, commitMicros);
  }

  /** Refuses rows that are in no transaction we can trust. */
  void requireOpen(TableName table) {
    if (xa) {
      throw new SourceException(
          "Table "
              + table
              + " was changed by an XA transaction, whose rows stand in the binlog before it is decided",
          "Do not use XA transactions on included tables, or exclude the table");
    }
    if (!open) {
      throw new SourceException(
          "The binlog holds rows of table " + table + " outside a transaction",
          "Load the table again; report this with the server's version");
    }
  }
}
