package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Bars while tables are loaded, then one line that changes in its place. */
final class TerminalProgress implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final Speed speed = new Speed();
  private @Nullable LoadBars bars;
  private long shownNanos;

  TerminalProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(PipelineStatus status) {
    if (status.state() == PipelineState.LOADING) {
      if (!status.load().tables().isEmpty()) {
        bars().show(status.load());
      }
      return;
    }
    closeBars(status);
    if (System.nanoTime() - shownNanos >= EVERY.toNanos()) {
      shownNanos = System.nanoTime();
      out.print(CLEAR_LINE + StatusText.line(status, speed.next(StatusText.rows(status))));
      out.flush();
    }
  }

  @Override
  public void end(PipelineStatus status) {
    closeBars(status);
    out.println(CLEAR_LINE + StatusText.end(status));
  }

  @Override
  public void close() {
    out.flush();
  }

  private LoadBars bars() {
    LoadBars open = bars;
    if (open == null) {
      out.print(CLEAR_LINE);
      open = new LoadBars(out);
      bars = open;
    }
    return open;
  }

  private void closeBars(PipelineStatus status) {
    LoadBars open = bars;
    if (open != null) {
      open.close(status.load());
      bars = null;
    }
  }
}
