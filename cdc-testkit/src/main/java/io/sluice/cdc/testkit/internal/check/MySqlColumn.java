package io.sluice.cdc.testkit.internal.check;

/**
 * A column as MySQL's own catalogue tells it.
 *
 * @param name the column
 * @param dataType the base type, e.g. {@code int}
 * @param columnType the whole type, e.g. {@code int(10) unsigned zerofill}
 * @param precision digits, or bits of a BIT; 0 where there are none
 * @param scale digits after the point
 */
record MySqlColumn(String name, String dataType, String columnType, int precision, int scale) {}
