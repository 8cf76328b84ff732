package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.status.PipelineStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A JSON object a line, every ten seconds and at every change of state: for programs. */
public final class JsonProgress implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final PrintStream out;
  private @Nullable PipelineState last;
  private long shownNanos;

  public JsonProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(PipelineStatus status) {
    boolean due = System.nanoTime() - shownNanos >= EVERY.toNanos();
    if (status.state() != PipelineState.NEW && (due || status.state() != last)) {
      shownNanos = System.nanoTime();
      last = status.state();
      out.println(line("status", status));
    }
  }

  @Override
  public void end(PipelineStatus status) {
    out.println(line("end", status));
  }

  @Override
  public void close() {
    out.flush();
  }

  private static Json line(String type, PipelineStatus status) {
    Json line =
        Json.line()
            .put("type", type)
            .put("state", status.state().name().toLowerCase(Locale.ROOT))
            .put("loadedRows", status.load().rows())
            .put("estimatedRows", status.load().estimatedRows())
            .put("loadedBytes", status.load().bytes())
            .put("estimatedBytes", status.load().estimatedBytes())
            .putRecord("committedRows", status.rows())
            .put("commits", status.commits())
            .put("files", status.files())
            .put("bytes", status.bytes())
            .put("lastCommit", status.lastCommit())
            .put("lagMicros", status.lagMicros());
    Duration left = status.load().timeLeft();
    if (left != null) {
      line.put("loadSecondsLeft", left.toSeconds());
    }
    if (status.state() == PipelineState.LOADING) {
      line.put("writersBlockedMillis", status.load().writersBlocked().toMillis());
      line.putRecords("tables", status.load().tables());
    }
    return status.position() == null ? line : line.put("position", status.position().toString());
  }
}
