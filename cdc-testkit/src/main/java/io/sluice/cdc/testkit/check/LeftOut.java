package io.sluice.cdc.testkit.check;

/** Says which columns the files do not have on purpose. */
@FunctionalInterface
public interface LeftOut {
  /** Whether the column is left out. */
  boolean test(String database, String table, String column);
}
