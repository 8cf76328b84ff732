package io.sluice.cdc.internal.binlog;

/** How a statement came to a structure. */
public enum StructureChange {
  /** The table is new and empty. */
  CREATED,
  /** The table was there and has another structure now. */
  ALTERED
}
