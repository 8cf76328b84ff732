package io.sluice.cdc.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name as MySQL spells it
 * @param mysqlType the normalised MySQL type, e.g. {@code int unsigned}, {@code decimal(10,2)},
 *     {@code enum('a','b')}; see {@link MySqlType#text()}
 * @param type how Sluice carries its values
 * @param nullable whether MySQL allows NULL
 * @param protection null for values as MySQL has them; else what was done to them: {@code hash:}
 *     with a mark of the secret, {@code mask:4}, {@code redact}, {@code truncate:4}, or {@code new}
 *     for a column that is redacted because nobody said what is to become of it
 */
public record Column(
    String name, String mysqlType, ColumnType type, boolean nullable, @Nullable String protection) {
  private static final String RESERVED = "_cdc_";

  /** A column whose values are as MySQL has them. */
  public Column(String name, String mysqlType, ColumnType type, boolean nullable) {
    this(name, mysqlType, type, nullable, null);
  }

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
