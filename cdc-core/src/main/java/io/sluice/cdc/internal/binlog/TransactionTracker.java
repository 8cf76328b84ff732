package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.Transaction;
import org.jspecify.annotations.Nullable;

/** What is known of the transaction that the reader is in. One thread. */
final class TransactionTracker {
  private @Nullable String gtid;
  private long commitMicros;
  private boolean open;
  private boolean pending;
  private boolean xa;

  /** A GTID event, or an anonymous one (then {@code gtid} is null): a transaction follows. */
  void announced(@Nullable String newGtid, long newCommitMicros) {
    gtid = newGtid;
    commitMicros = newCommitMicros;
    pending = true;
    xa = false;
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

  /** Whether a transaction was announced and is not over. */
  boolean isPending() {
    return pending;
  }

  @Nullable String gtid() {
    return gtid;
  }

  Transaction current(String file, long position) {
    return new Transaction(gtid == null ? file + ":" + position : gtid, commitMicros);
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
