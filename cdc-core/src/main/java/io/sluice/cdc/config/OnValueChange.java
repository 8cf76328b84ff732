package io.sluice.cdc.config;

/**
 * What becomes of a table after a statement that changed values or rows that files already hold,
 * without saying in the binlog which (a column added with a default, a narrower type, a dropped
 * partition).
 */
public enum OnValueChange {
  /** The table is loaded again, with a warning that names the statement. */
  RELOAD,
  /** Files stay as they are, with a warning: rows from before may differ from MySQL. */
  KEEP,
  /** The pipeline stops before the statement. */
  STOP
}
