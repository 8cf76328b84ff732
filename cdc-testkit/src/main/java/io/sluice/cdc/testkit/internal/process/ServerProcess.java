package io.sluice.cdc.testkit.internal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** One server process under a guard. Its command line must name the guard's folder. Thread-safe. */
public final class ServerProcess {
  private static final int TAIL_LINES = 30;
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Notes the id in the guarded folder first; if the folder is gone already, nothing is started.
   */
  private static final String LAUNCH = "pids=$1; shift; : > \"$pids/$$\" && exec \"$@\"";

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts the command; both its outputs go to {@code <name>.log} in the guarded folder. */
  public static ServerProcess start(
      Guard guard, String name, List<String> command, Map<String, String> environment) {
    Path log = guard.folder().resolve(name + ".log");
    List<String> launch = new ArrayList<>();
    launch.addAll(
        List.of("sh", "-c", LAUNCH, "sh", guard.pidFile(0).resolveSibling("").toString()));
    launch.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(launch)
            .directory(guard.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      var unused = process.onExit().thenAccept(ended -> forget(guard, ended));
      return new ServerProcess(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  private static void forget(Guard guard, Process ended) {
    try {
      Files.deleteIfExists(guard.pidFile(ended.pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          e); // lands in a future nobody reads; the guard checks the command line anyway
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until the server is ready; one that ends or is late is killed and reported with the end
   * of its log.
   */
  public void awaitReady(Duration atMost, Callable<Boolean> ready) {
    boolean done = Await.until(atMost, () -> !process.isAlive() || ready.call());
    if (process.isAlive() && done) {
      return;
    }
    String what =
        process.isAlive()
            ? " was not ready within " + atMost
            : " ended with code " + process.exitValue();
    kill();
    throw new IllegalStateException(name + what + ". The end of its log:\n" + logTail());
  }

  /**
   * Waits for the end of a process that ends by itself; any code but 0 is reported with the end of
   * its log.
   */
  public void awaitSuccess(Duration atMost) {
    boolean ended = waitFor(atMost);
    if (ended && process.exitValue() == 0) {
      return;
    }
    kill();
    throw new IllegalStateException(
        name
            + (ended ? " ended with code " + process.exitValue() : " did not end within " + atMost)
            + ". The end of its log:\n"
            + logTail());
  }

  /** Asks the server to end and waits; one that does not end in time is killed and reported. */
  public void stop(Duration atMost) {
    process.destroy();
    if (!waitFor(atMost)) {
      kill();
      throw new IllegalStateException(
          name + " did not stop within " + atMost + ". The end of its log:\n" + logTail());
    }
  }

  /** {@code kill -9}; returns when the process is gone. */
  public void kill() {
    process.destroyForcibly();
    if (!waitFor(KILL_TIMEOUT)) {
      throw new IllegalStateException(
          name + " (pid " + pid() + ") survived kill -9 for " + KILL_TIMEOUT);
    }
  }

  private boolean waitFor(Duration atMost) {
    try {
      return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the end of " + name, e);
    }
  }

  /** The last lines that the server wrote. */
  public String logTail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}
