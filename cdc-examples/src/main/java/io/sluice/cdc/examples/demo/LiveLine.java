package io.sluice.cdc.examples.demo;

import io.sluice.cdc.examples.terminal.Terminal;
import io.sluice.cdc.status.PipelineStatus;
import java.io.PrintStream;
import java.util.Locale;

/** One line a second on a terminal, in its place; every five seconds elsewhere. Not thread-safe. */
final class LiveLine {
  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final int EVERY_WITHOUT_TERMINAL = 5;

  private final PrintStream out;
  private final boolean terminal = Terminal.isThere();
  private long lastWritten;
  private long lastCommitted;
  private long lastNanos = System.nanoTime();

  LiveLine(PrintStream out) {
    this.out = out;
  }

  void show(int second, int of, Traffic traffic, PipelineStatus status, Watch watch) {
    if (!terminal && second % EVERY_WITHOUT_TERMINAL != 0 && second != of) {
      return;
    }
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - lastNanos) / 1e9);
    String line =
        String.format(
            Locale.ROOT,
            "  %2d of %d s: MySQL writes %,.0f rows/s, Sluice commits %,.0f changes/s, lag %.1f s, readable after %.1f s,"
                + " %,d commits",
            second,
            of,
            (traffic.rows() - lastWritten) / seconds,
            (status.rows().changes() - lastCommitted) / seconds,
            status.lagMicros() / 1e6,
            watch.visibleAfterMicros() / 1e6,
            status.commits());
    lastWritten = traffic.rows();
    lastCommitted = status.rows().changes();
    lastNanos = now;
    out.print(terminal ? CLEAR_LINE + line : line + System.lineSeparator());
    out.flush();
  }

  void end() {
    if (terminal) {
      out.println();
    }
  }
}
