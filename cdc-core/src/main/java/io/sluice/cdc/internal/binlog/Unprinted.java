package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;

/**
 * Events whose text form has no values: the engine logs every event at its finest level, and what
 * must not leave the database must not leave it that way either.
 */
final class Unprinted {
  private Unprinted() {}

  static final class Writes extends WriteRowsEventData {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return getRows().size() + " rows written to table number " + getTableId();
    }
  }

  static final class Updates extends UpdateRowsEventData {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return getRows().size() + " rows updated in table number " + getTableId();
    }
  }

  static final class Deletes extends DeleteRowsEventData {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return getRows().size() + " rows deleted from table number " + getTableId();
    }
  }

  static final class Statement extends QueryEventData {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return "a statement in database '" + getDatabase() + "'";
    }
  }
}
