package io.sluice.cdc.bench.torture;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The command {@code bin/torture}: ends with 0 when every round went well, 1 when one did not, 2
 * for bad usage.
 */
public final class TortureMain {
  private TortureMain() {}

  /** See {@link Options#USAGE}. */
  public static void main(String[] words) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options;
    try {
      options = Options.parse(words);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    System.exit(new Torture(options, out).run() ? 0 : 1);
  }
}
