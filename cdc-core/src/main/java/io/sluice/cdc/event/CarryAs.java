package io.sluice.cdc.event;

/** How a column is carried when it is not to be carried as its MySQL type says. */
public enum CarryAs {
  /** As the text that MySQL prints: whole numbers, bits, decimals, dates and times. */
  TEXT("whole numbers, bits, decimals, dates and times"),
  /** As true and false: whole numbers and bits; a value other than 0 and 1 stops the pipeline. */
  BOOLEAN("whole numbers and bits"),
  /** As a signed number of 64 bits: whole numbers and bits; a larger value stops the pipeline. */
  INT64("whole numbers and bits");

  private final String fits;

  CarryAs(String fits) {
    this.fits = fits;
  }

  /** The types that it fits, in words. */
  public String fits() {
    return fits;
  }

  /**
   * The type of such a column.
   *
   * @throws UnsupportedOperationException when it does not fit the MySQL type
   */
  public ColumnType of(MySqlType type) {
    boolean whole =
        switch (type.name()) {
          case "tinyint", "smallint", "mediumint", "int", "bigint", "bit" -> true;
          default -> false;
        };
    boolean printed =
        switch (type.name()) {
          case "decimal", "year", "date", "datetime", "timestamp", "time" -> true;
          default -> false;
        };
    if (!whole && !(printed && this == TEXT)) {
      throw new UnsupportedOperationException(
          "carried as "
              + name().toLowerCase(java.util.Locale.ROOT)
              + " it would not be "
              + type.text()
              + " any more; that is for "
              + fits);
    }
    return ColumnType.of(
        switch (this) {
          case TEXT -> LogicalType.TEXT;
          case BOOLEAN -> LogicalType.BOOLEAN;
          case INT64 -> LogicalType.INT64;
        });
  }
}
