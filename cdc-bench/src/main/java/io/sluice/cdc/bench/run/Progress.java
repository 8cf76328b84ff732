package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.report.Sample;
import java.io.PrintStream;
import java.util.Locale;

/** Tells a person what happens, on standard error. */
public final class Progress {
  private final PrintStream out;

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Tells one line. */
  public void say(String line) {
    out.println(line);
  }

  void say(String name, String participant, Sample sample) {
    out.println(
        String.format(
            Locale.ROOT,
            "%s, %s: %,d rows in %.2f s, %,.0f rows/s%s",
            name,
            participant,
            sample.rows(),
            sample.seconds(),
            sample.rows() / sample.seconds(),
            sample.foreignCores() > 0.2
                ? String.format(
                    Locale.ROOT, " (others kept %.1f cores busy)", sample.foreignCores())
                : ""));
    if (sample.more().containsKey("threads")) {
      out.println("  CPU seconds by thread: " + sample.more().get("threads"));
    }
  }
}
