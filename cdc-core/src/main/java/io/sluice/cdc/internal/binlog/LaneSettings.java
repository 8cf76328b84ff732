package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import java.util.function.Consumer;

/**
 * What a lane is asked to do.
 *
 * @param source the server and its tables
 * @param types choices in the mapping of types
 * @param nullified told {@code database.table.column} of each date that became NULL
 * @param onValueChange what becomes of a table whose values changed without row events
 * @param names told what no structure tells of names
 * @param hideLiterals whether messages quote statements without the values in them
 */
public record LaneSettings(
    SourceConfig source,
    TypesConfig types,
    Consumer<String> nullified,
    OnValueChange onValueChange,
    NameListener names,
    boolean hideLiterals) {}
