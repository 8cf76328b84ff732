package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.child.ChildMain;
import io.sluice.cdc.bench.child.Settings;
import io.sluice.cdc.bench.jvm.ClassArchive;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A process that is measured. It ends with this one at the latest. Thread-safe. */
final class Child implements AutoCloseable {
  private final String job;
  private final Process process;
  private final Writer toChild;
  private final Path log;
  private final CompletableFuture<Map<String, String>> results;

  private Child(String job, Process process, Path log, BiConsumer<String, String> listener) {
    this.job = job;
    this.process = process;
    this.log = log;
    this.toChild = process.outputWriter(StandardCharsets.UTF_8);
    this.results = CompletableFuture.supplyAsync(() -> read(listener));
  }

  /** Starts a JVM with these flags for the job; the listener is told every line of its results. */
  static Child start(
      String job,
      Settings settings,
      ClassArchive classes,
      List<String> jvmFlags,
      Path log,
      BiConsumer<String, String> listener)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(jvmFlags);
    // At its end a JVM can write either a recording or its classes.
    boolean recorded = jvmFlags.stream().anyMatch(f -> f.startsWith("-XX:StartFlightRecording"));
    command.addAll(classes.flags(!recorded));
    command.addAll(List.of("-cp", classes.classPath(), ChildMain.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Child child = new Child(job, process, log, listener);
    child.tell(settings.with("job", job));
    return child;
  }

  private void tell(Settings settings) throws IOException {
    for (Map.Entry<String, String> setting : settings.values().entrySet()) {
      toChild.write(setting.getKey() + "=" + setting.getValue() + "\n");
    }
    toChild.write("\n");
    toChild.flush();
  }

  /** Asks a job that has no end of its own to end. */
  void stop() throws IOException {
    toChild.write("stop\n");
    toChild.flush();
  }

  private Map<String, String> read(BiConsumer<String, String> listener) {
    Map<String, String> values = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          values.put(line.substring(0, equals), line.substring(equals + 1));
          listener.accept(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end; what it printed, the last value of each name. */
  Map<String, String> await() throws InterruptedException {
    int code = process.waitFor();
    Map<String, String> values = results.join();
    if (code != 0 || !values.containsKey("nanos")) {
      throw new IllegalStateException(
          job + " ended with code " + code + "; its words are in " + shown(log.toFile()));
    }
    return values;
  }

  private static String shown(File file) {
    return file + " (" + file.length() + " bytes)";
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
