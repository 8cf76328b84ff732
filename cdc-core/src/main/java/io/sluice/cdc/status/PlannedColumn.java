package io.sluice.cdc.status;

/**
 * A column that is carried otherwise than its MySQL type suggests.
 *
 * @param name the column
 * @param mysqlType its type in MySQL
 * @param carriedAs how its values are carried, and what to know about it
 */
public record PlannedColumn(String name, String mysqlType, String carriedAs) {}
