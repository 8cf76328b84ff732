package io.sluice.cdc.examples.command;

import io.sluice.cdc.s3.ReloadRequest;
import io.sluice.cdc.s3.ReloadRequest.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Waits for requests, and says how far they are: at every step, and every ten seconds. */
final class ReloadWait {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final PrintStream out;
  private final Map<ReloadRequest, ReloadRequest.State> told = new HashMap<>();
  private long toldNanos = System.nanoTime();

  ReloadWait(PrintStream out) {
    this.out = out;
  }

  /**
   * Waits until nothing is open any more.
   *
   * @return whether every table was loaded
   */
  boolean await(List<ReloadRequest> requests) throws InterruptedException {
    List<ReloadRequest> open = new ArrayList<>(requests);
    boolean all = true;
    while (true) {
      boolean due = System.nanoTime() - toldNanos >= TELL_EVERY.toNanos();
      for (ReloadRequest request : List.copyOf(open)) {
        Progress progress = request.progress();
        tell(request, progress, due);
        if (progress.state() == ReloadRequest.State.REFUSED
            || progress.state() == ReloadRequest.State.LOADED) {
          all &= progress.state() == ReloadRequest.State.LOADED;
          open.remove(request);
        }
      }
      if (open.isEmpty()) {
        return all;
      }
      toldNanos = due ? System.nanoTime() : toldNanos;
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  private void tell(ReloadRequest request, Progress progress, boolean due) {
    if (told.put(request, progress.state()) != progress.state() || due) {
      out.println(request.table() + ": " + words(progress));
    }
  }

  private static String words(Progress progress) {
    return switch (progress.state()) {
      case WAITING -> "waiting until the pipeline takes the request";
      case LOADING -> String.format(Locale.ROOT, "loading, %,d rows committed", progress.rows());
      case LOADED -> String.format(Locale.ROOT, "loaded, %,d rows", progress.rows());
      case REFUSED ->
          "refused: the pipeline that runs has a configuration that does not load this table";
    };
  }
}
