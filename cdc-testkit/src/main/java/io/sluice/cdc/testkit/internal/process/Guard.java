package io.sluice.cdc.testkit.internal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Owns a temporary folder and the processes that work in it, and removes both when it is closed or
 * when this JVM is gone, even after {@code kill -9}.
 *
 * <p>A small shell waits at the other end of a pipe. The pipe ends when this JVM does, however that
 * happens; the shell then kills the processes whose ids are noted in the folder and removes the
 * folder. It kills only a process whose command line names the folder, so an id that the system
 * gave to somebody else meanwhile is safe.
 *
 * <p>Thread-safe; closing twice is fine.
 */
public final class Guard implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final String PIDS = "pids";

  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      folder=$1
      ours() {
        { cat "/proc/$1/cmdline" 2>/dev/null || ps -p "$1" -o args= 2>/dev/null; } | tr '\\000' ' ' | grep -qF -- "$folder"
      }
      while read -r _; do :; done
      for file in "$folder"/pids/*; do
        [ -f "$file" ] || continue
        pid=${file##*/}
        tries=0
        while ours "$pid" && [ "$tries" -lt 200 ]; do
          kill -9 "$pid" 2>/dev/null
          tries=$((tries + 1))
          sleep 0.05
        done
      done
      rm -rf -- "$folder" || { sleep 1; rm -rf -- "$folder"; }
      """;

  private final Path folder;
  private final Process shell;

  private Guard(Path folder, Process shell) {
    this.folder = folder;
    this.shell = shell;
  }

  /** Makes a new temporary folder and guards it. */
  public static Guard open(String name) {
    try {
      Path folder = Files.createTempDirectory("sluice-" + name + "-").toRealPath();
      Files.createDirectory(folder.resolve(PIDS));
      return new Guard(folder, startShell(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot make a guarded folder for " + name + ": " + e.getMessage(), e);
    }
  }

  private static Process startShell(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add(
          "/usr/bin/setsid"); // out of our process group: a signal to the whole group must not
      // reach it
    }
    command.addAll(List.of("sh", "-c", SCRIPT, "sh", folder.toString()));
    return new ProcessBuilder(command)
        .directory(Path.of("/").toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The guarded folder; it vanishes with the guard. */
  public Path folder() {
    return folder;
  }

  /** The file whose presence tells the shell to end this process. */
  Path pidFile(long pid) {
    return folder.resolve(PIDS).resolve(Long.toString(pid));
  }

  /** Kills what still runs in the folder, removes the folder, and returns when that is done. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "The guard of " + folder + " did not end within " + CLOSE_TIMEOUT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the guard of " + folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Interrupted while the guard removes " + folder + "; it goes on by itself", e);
    }
  }
}
