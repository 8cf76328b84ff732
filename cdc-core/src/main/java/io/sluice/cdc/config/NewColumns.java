package io.sluice.cdc.config;

/**
 * What becomes of a column that appears in a table which the pipeline knows already, and for which
 * there is no rule.
 */
public enum NewColumns {
  /**
   * Its values are written. Where a protected column disappears in the same statement, the new one
   * may be the old one under another name: then it is redacted.
   */
  KEEP,
  /** It is NULL until there is a rule for it. */
  REDACT,
  /** The pipeline stops before its first row. */
  STOP
}
