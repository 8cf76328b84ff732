package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.TableName;
import java.util.Map;

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
        public void gone(TableName table) {}
      };

  /**
   * Columns get other names, all at once.
   *
   * @param renames the new name of each former name
   */
  void renamed(TableName table, Map<String, String> renames);

  /** No table has this name any more. */
  void gone(TableName table);
}
