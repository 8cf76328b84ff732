package io.sluice.cdc.internal.binlog;

import io.debezium.connector.mysql.Module;
import io.sluice.cdc.error.SourceException;

/**
 * The version of Debezium that the row lane was written for. What it relies on ({@code
 * LaneContractTest} says what) may change with every minor version, and a build that manages
 * versions for an application may well bring another one.
 */
public final class EngineVersion {
  private static final String WRITTEN_FOR = "3.6";

  private EngineVersion() {}

  /**
   * Compares with the version on the class path.
   *
   * @throws SourceException when it is of another minor version
   */
  public static void check() {
    check(Module.version());
  }

  static void check(String version) {
    if (!version.startsWith(WRITTEN_FOR + ".")) {
      throw new SourceException(
          "The class path has Debezium "
              + version
              + ", but this version of Sluice reads the binlog with Debezium "
              + WRITTEN_FOR,
          "Let your build take io.debezium:debezium-connector-mysql and io.debezium:debezium-embedded in version "
              + WRITTEN_FOR
              + ", or use a version of Sluice that is made for Debezium "
              + version);
    }
  }
}
