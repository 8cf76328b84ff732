package io.sluice.cdc.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A driver that runs as a process of its own, with executors in others. Used by one thread. */
final class SubmittedJob {
  private static final int MAX_SECONDS = 180;

  private final Process process;
  private final Path output;

  SubmittedJob(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** All that was printed so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it has printed a text; false when it ended before. */
  boolean awaitOutput(String text) throws IOException, InterruptedException {
    while (!output().contains(text)) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        return output().contains(text);
      }
    }
    return true;
  }

  /** Waits for its end; returns the exit code. */
  int await() throws InterruptedException {
    try {
      if (process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      throw new AssertionError("The job did not end within " + MAX_SECONDS + " s");
    } finally {
      kill();
    }
  }

  /** What {@code kill -9} does to the driver; waits until its executors have noticed. */
  void kill() throws InterruptedException {
    List<ProcessHandle> executors = process.descendants().toList();
    process.destroyForcibly().waitFor();
    for (ProcessHandle executor : executors) {
      executor.onExit().orTimeout(MAX_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
