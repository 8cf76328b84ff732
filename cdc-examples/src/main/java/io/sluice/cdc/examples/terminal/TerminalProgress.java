package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A bar while tables are loaded, then one line that changes in its place. */
final class TerminalProgress implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final Speed speed = new Speed();
  private @Nullable LoadBar bar;
  private long shownNanos;

  TerminalProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(PipelineStatus status) {
    if (status.state() == PipelineState.LOADING) {
      if (!status.load().tables().isEmpty()) {
        bar().show(status.load());
      }
      return;
    }
    closeBar(status);
    if (System.nanoTime() - shownNanos >= EVERY.toNanos()) {
      shownNanos = System.nanoTime();
      out.print(CLEAR_LINE + StatusText.line(status, speed.next(StatusText.rows(status))));
      out.flush();
    }
  }

  @Override
  public void end(PipelineStatus status) {
    closeBar(status);
    out.println(CLEAR_LINE + StatusText.end(status));
  }

  @Override
  public void close() {
    LoadBar open = bar;
    if (open != null) {
      open.close();
    }
    out.flush();
  }

  private LoadBar bar() {
    LoadBar open = bar;
    if (open == null) {
      open = new LoadBar(out);
      bar = open;
    }
    return open;
  }

  private void closeBar(PipelineStatus status) {
    LoadBar open = bar;
    if (open != null) {
      open.show(status.load());
      open.close();
      bar = null;
    }
  }
}
