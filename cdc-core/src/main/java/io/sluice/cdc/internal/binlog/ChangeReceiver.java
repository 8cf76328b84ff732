package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.Transaction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the binlog says, in its order. All calls come from the reader's thread; a call that
 * blocks holds the reader back.
 */
public interface ChangeReceiver {
  /**
   * Something that may change the position or the structures is being read; the position is not to
   * be used.
   */
  void busy();

  /**
   * A transaction begins, or a statement that is one by itself.
   *
   * @param transaction its id and time
   * @param gtid its GTID, or null without
   */
  void begin(Transaction transaction, @Nullable String gtid);

  /**
   * A row was inserted (only {@code after}), updated (both) or deleted (only {@code before}).
   *
   * @param file the binlog file of the row's event
   * @param position where the row's event starts in it
   * @param here takes the position after this row, inside the transaction; only during the call
   */
  void change(
      StreamTable table,
      Operation operation,
      Object @Nullable [] before,
      Object @Nullable [] after,
      String file,
      long position,
      Supplier<StreamPosition> here)
      throws InterruptedException;

  /** The table was emptied. */
  void truncate(StreamTable table, String file, long position) throws InterruptedException;

  /**
   * The structure of an included table was made or changed, by a statement.
   *
   * @param file the binlog file of the statement
   * @param position where it starts in it
   */
  void structure(StreamTable table, StructureChange change, String file, long position)
      throws InterruptedException;

  /**
   * No table has this name any more: an included table was dropped, or renamed away.
   *
   * @param known its structure, or null when it is not known
   */
  void gone(TableName table, @Nullable StreamTable known, String file, long position)
      throws InterruptedException;

  /**
   * Rows of an included table changed without being told: the table has to be loaded (again). What
   * the binlog says of it from here on is not needed until then.
   *
   * @param reason what happened, for people
   * @param known whether its structure is known all the same
   * @return whether it will be; false when its load is known to hold the change
   */
  boolean stale(TableName table, String reason, boolean known, String file, long position)
      throws InterruptedException;

  /** Between two transactions: everything before the position has been handed over. */
  void idle(StreamPosition position) throws InterruptedException;

  /**
   * A large event is about to be read: returns when what was handed over leaves room for it, or
   * when nothing of it is left.
   */
  void awaitRoom(long bytes) throws InterruptedException;

  /** An event of rows follows, {@code bytes} long. */
  void eventBytes(long bytes);
}
