package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement in the binlog does to tables, as far as it can be told without understanding
 * columns. A name that is told is certain; a statement of another kind touches no table.
 *
 * @see DdlReader
 */
sealed interface Ddl {
  /** Touches no structure and no row of a table: views, routines, users, locks and so on. */
  record Nothing() implements Ddl {}

  /** Begin, commit, XA, and statements that change rows: not ours to judge. */
  record NotDdl() implements Ddl {}

  /** Nobody knows what it does. */
  record Unknown() implements Ddl {}

  /**
   * {@code CREATE TABLE}.
   *
   * @param like the table that it copies the structure of, or null
   */
  record CreateTable(TableName table, boolean ifNotExists, @Nullable TableName like)
      implements Ddl {}

  /** {@code ALTER TABLE}, and the making and dropping of indexes. */
  record AlterTable(TableName table, AlterSpecs specs) implements Ddl {}

  /** {@code DROP TABLE}. */
  record DropTables(List<TableName> tables) implements Ddl {}

  /** {@code TRUNCATE TABLE}. */
  record Truncate(TableName table) implements Ddl {}

  /** {@code RENAME TABLE}, in its order. */
  record Rename(List<Move> moves) implements Ddl {}

  /** A table that takes another name. */
  record Move(TableName from, TableName to) {}

  /** {@code CREATE DATABASE} and {@code ALTER DATABASE}, which set defaults for tables. */
  record Database(String database, boolean charset) implements Ddl {}

  /** {@code DROP DATABASE}. */
  record DropDatabase(String database) implements Ddl {}
}
