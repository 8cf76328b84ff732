package io.sluice.cdc.examples;

import io.sluice.cdc.examples.command.CdcCommand;

/** The command {@code bin/cdc}. */
public final class Cdc {
  private Cdc() {}

  /**
   * Runs the command and ends the JVM with its exit code: 0 done, 1 stopped loudly, 2 bad usage or
   * configuration.
   */
  public static void main(String[] args) {
    System.exit(CdcCommand.main(args));
  }
}
