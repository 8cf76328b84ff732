package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line every ten seconds and at every change of state: for logs. */
final class LineProgress implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final PrintStream out;
  private final Speed speed = new Speed();
  private @Nullable PipelineState last;
  private long shownNanos;

  LineProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(PipelineStatus status) {
    if (status.state() == PipelineState.LOADING && status.load().tables().isEmpty()) {
      return; // nobody knows yet what there is to load
    }
    boolean due = System.nanoTime() - shownNanos >= EVERY.toNanos();
    if (status.state() != PipelineState.NEW && (due || status.state() != last)) {
      shownNanos = System.nanoTime();
      last = status.state();
      out.println(StatusText.line(status, speed.next(StatusText.rows(status))));
    }
  }

  @Override
  public void end(PipelineStatus status) {
    out.println(StatusText.end(status));
  }

  @Override
  public void close() {
    out.flush();
  }
}
