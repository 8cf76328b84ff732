package io.sluice.cdc.internal.load;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.Catalog;
import io.sluice.cdc.internal.mysql.SourceFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notices tables whose structure is not the one that is being loaded. Thread-safe. */
final class StructureGuard {
  private static final int TABLE_DEFINITION_CHANGED = 1412;
  private static final int NO_SUCH_TABLE = 1146;
  private static final int NO_SUCH_DATABASE = 1049;
  private static final int NO_SUCH_COLUMN = 1054;
  private static final int NO_SUCH_INDEX = 1176;

  private final Connection connection;
  private final Catalog catalog;

  /** The connection is used by this object only while it holds its lock. */
  StructureGuard(Connection connection, Catalog catalog) {
    this.connection = connection;
    this.catalog = catalog;
  }

  /** Stops the load when one of the tables has changed. */
  void check(Collection<TableWork> tables) {
    compare(tables.stream().map(TableWork::schema).toList());
  }

  /** Stops the load when one of the tables has not this structure. */
  synchronized void compare(Collection<TableSchema> expected) {
    Map<TableName, TableSchema> wanted = new LinkedHashMap<>();
    expected.forEach(s -> wanted.put(s.table(), s));
    try {
      catalog.read(connection, wanted.keySet()).forEach(s -> wanted.remove(s.table(), s));
    } catch (SQLException e) {
      throw SourceFailures.during("reading the structure of tables", e);
    }
    if (!wanted.isEmpty()) {
      throw changed(
          wanted.keySet().stream().map(TableName::toString).collect(Collectors.joining(", ")),
          null);
    }
  }

  /** What the failure of a statement on the table means. */
  SourceException failure(TableWork table, SQLException e) {
    return switch (e.getErrorCode()) {
      case TABLE_DEFINITION_CHANGED,
          NO_SUCH_TABLE,
          NO_SUCH_DATABASE,
          NO_SUCH_COLUMN,
          NO_SUCH_INDEX ->
          changed(table.name().toString(), e);
      default -> SourceFailures.during("loading " + table.name(), e);
    };
  }

  private static SourceException changed(String tables, @Nullable SQLException e) {
    return new ChangedWhileLoadingException(tables, e);
  }
}
