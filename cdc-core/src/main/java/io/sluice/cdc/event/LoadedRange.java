package io.sluice.cdc.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a table that has been loaded and committed: the rows whose key is after {@code after}
 * and not after {@code upTo}, by the server's own comparison.
 *
 * @param view the number of the {@link LoadView} in which it was read
 * @param after the exclusive lower bound, one text a key column, or null for the start of the table
 * @param upTo the inclusive upper bound, one text a key column, or null for the end of the table
 */
public record LoadedRange(int view, @Nullable List<String> after, @Nullable List<String> upTo) {}
