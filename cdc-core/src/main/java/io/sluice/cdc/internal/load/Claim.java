package io.sluice.cdc.internal.load;

/**
 * A part of a table that belongs to one reader.
 *
 * @param table the table
 * @param span the part
 */
record Claim(TableWork table, Span span) {}
