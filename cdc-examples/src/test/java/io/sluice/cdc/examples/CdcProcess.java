package io.sluice.cdc.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, as {@code bin/cdc} starts it. */
final class CdcProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 180;

  private final Process process;
  private final Path out;
  private final Path err;

  private CdcProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static CdcProcess start(Path folder, String... arguments) throws IOException {
    Path out = Files.createTempFile(folder, "cdc", ".out");
    Path err = Files.createTempFile(folder, "cdc", ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path", "")));
    // The tests' own logging talks more than the command does.
    command.addAll(List.of("-Dlogback.configurationFile=logback.xml", Cdc.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new CdcProcess(process, out, err);
  }

  /** Waits for the end; returns the exit code. */
  int code() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("cdc runs for longer than " + PATIENCE_SECONDS + " s");
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, as SIGTERM does. */
  void terminate() {
    process.destroy();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
