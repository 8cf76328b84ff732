package io.sluice.cdc.event;

/** What becomes of zero and invalid dates, which no Parquet date can hold. */
public enum ZeroDates {
  /** NULL, counted and told. */
  NULL,
  /** The column is carried as text, exactly as MySQL prints it. */
  TEXT,
  /** The pipeline stops and names table and column. */
  FAIL
}
