package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.TableName;
import java.util.Map;
import java.util.Set;

/**
 * Told by the reader's thread what statements do to the names of included tables and their columns,
 * before anything else is told that follows from them. Also for tables that are about to be loaded.
 */
public interface NameListener {
  /** Nobody listens. */
  NameListener NONE =
      new NameListener() {
        @Override
        public void renamed(TableName table, Map<String, String> renames) {}

        @Override
        public void derived(TableName table, Map<String, Set<String>> sources) {}

        @Override
        public void gone(TableName table) {}
      };

  /**
   * Columns get other names, all at once.
   *
   * @param renames the new name of each former name
   */
  void renamed(TableName table, Map<String, String> renames);

  /**
   * The server makes the values of columns of those of others.
   *
   * @param sources the names in the expression of each column
   */
  void derived(TableName table, Map<String, Set<String>> sources);

  /** No table has this name any more. */
  void gone(TableName table);
}
