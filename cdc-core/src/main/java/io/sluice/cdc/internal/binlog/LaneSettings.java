package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.event.TableName;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a lane is asked to do.
 *
 * @param source the server and its tables
 * @param types choices in the mapping of types
 * @param nullified told {@code database.table.column} of each date that became NULL
 * @param onValueChange what becomes of a table whose values changed without row events
 * @param loads whether tables are loaded at all
 * @param fresh tables whose structure is to be taken from the server: those that will be loaded in
 *     full before the stream begins, so that what the binlog says of them from before is part of
 *     the load; where nothing is loaded, those of which nothing is known
 */
public record LaneSettings(
    SourceConfig source,
    TypesConfig types,
    Consumer<String> nullified,
    OnValueChange onValueChange,
    boolean loads,
    Set<TableName> fresh) {
  /** Copies the set. */
  public LaneSettings {
    fresh = Set.copyOf(fresh);
  }
}
