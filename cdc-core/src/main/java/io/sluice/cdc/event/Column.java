package io.sluice.cdc.event;

import java.util.Locale;

/**
 * A column of a table.
 *
 * @param name as MySQL spells it
 * @param mysqlType the normalised MySQL type, e.g. {@code int unsigned}, {@code decimal(10,2)},
 *     {@code enum('a','b')}; see {@link MySqlType#text()}
 * @param type how Sluice carries its values
 * @param nullable whether MySQL allows NULL
 */
public record Column(String name, String mysqlType, ColumnType type, boolean nullable) {
  private static final String RESERVED = "_cdc_";

  /** Whether a column of this name would be taken for one of those that Sluice adds. */
  public static boolean isReserved(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(RESERVED);
  }

  /**
   * A column of a MySQL type, carried as {@link MySqlType#columnType()} says.
   *
   * @param zeroDates with {@link ZeroDates#TEXT} dates are carried as text
   * @throws UnsupportedOperationException when values of the type cannot be carried
   */
  public static Column of(String name, MySqlType type, boolean nullable, ZeroDates zeroDates) {
    ColumnType carried = type.columnType();
    boolean date =
        switch (carried.logical()) {
          case DATE, DATETIME, TIMESTAMP -> true;
          default -> false;
        };
    if (date && zeroDates == ZeroDates.TEXT) {
      carried = ColumnType.of(LogicalType.TEXT);
    }
    return new Column(name, type.text(), carried, nullable);
  }
}
