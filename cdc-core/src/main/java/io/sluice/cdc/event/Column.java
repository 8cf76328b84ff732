package io.sluice.cdc.event;

/**
 * A column of a table.
 *
 * @param name as MySQL spells it
 * @param mysqlType the normalised MySQL type, e.g. {@code int unsigned}, {@code decimal(10,2)},
 *     {@code enum('a','b')}; see {@link MySqlType#text()}
 * @param type how Sluice carries its values
 * @param nullable whether MySQL allows NULL
 */
public record Column(String name, String mysqlType, ColumnType type, boolean nullable) {}
