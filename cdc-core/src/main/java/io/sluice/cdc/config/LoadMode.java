package io.sluice.cdc.config;

/** When tables are loaded in full. */
public enum LoadMode {
  /** Every included table once, then the stream. */
  INITIAL,
  /** Never; the stream begins where the binlog is when the pipeline first starts. */
  NEVER,
  /** Every included table once, then the pipeline ends. */
  ONLY
}
