package io.sluice.cdc.testkit.internal.s3;

import io.sluice.cdc.testkit.internal.process.Guard;
import io.sluice.cdc.testkit.internal.process.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** S3Proxy in a process of its own, on a random port of 127.0.0.1. Thread-safe. */
final class LocalS3 implements S3Server {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final S3Settings settings;
  private final Guard guard;
  private final Path objects;
  private int port;
  private ServerProcess process;

  private LocalS3(S3Settings settings, Guard guard) throws IOException {
    this.settings = settings;
    this.guard = guard;
    this.objects =
        Files.createDirectories(settings.folder().orElse(guard.folder().resolve("objects")))
            .toRealPath();
    Files.createDirectories(temporary());
    this.process = launch();
    this.port = readPort();
  }

  static LocalS3 open(S3Settings settings) {
    Guard guard = Guard.open("s3");
    try {
      return new LocalS3(settings, guard);
    } catch (IOException e) {
      guard.close();
      throw new UncheckedIOException("Cannot start the S3 server: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      guard.close();
      throw e;
    }
  }

  private ServerProcess launch() throws IOException {
    Files.deleteIfExists(portFile());
    Map<String, String> keys =
        Map.of(
            S3ServerMain.ACCESS_KEY,
            settings.accessKey(),
            S3ServerMain.SECRET_KEY,
            settings.secretKey());
    ServerProcess started = ServerProcess.start(guard, "s3", command(), keys);
    started.awaitReady(START_TIMEOUT, () -> Files.exists(portFile()));
    return started;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("-Xmx" + settings.heapMegabytes() + "m");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto"));
    command.add("-Djava.io.tmpdir=" + temporary());
    // The class path may hold a logger that writes every detail of every request by default.
    command.add("-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
    command.addAll(List.of("-cp", classPath(), S3ServerMain.class.getName()));
    command.addAll(List.of(objects.toString(), Integer.toString(port), portFile().toString()));
    return command;
  }

  /**
   * Our own class path, made absolute because the child runs in another folder; where a build tool
   * loads us by a class loader of its own, that one's too.
   */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    if (S3ServerMain.class.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        entries.add(Path.of(URI.create(url.toString())).toString());
      }
    }
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private Path temporary() {
    return guard.folder().resolve("tmp");
  }

  private Path portFile() {
    return guard.folder().resolve("port");
  }

  private int readPort() throws IOException {
    return Integer.parseInt(Files.readString(portFile()));
  }

  @Override
  public synchronized URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public synchronized long pid() {
    return process.pid();
  }

  @Override
  public void createBucket(String name) {
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is not a name that S3 takes for a bucket");
    }
    try {
      Files.createDirectories(objects.resolve(name)); // a bucket of this server is a folder
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make bucket " + name, e);
    }
  }

  @Override
  public Optional<Path> bucketFolder(String name) {
    return Optional.of(objects.resolve(name));
  }

  @Override
  public synchronized void start() {
    if (process.isAlive()) {
      throw new IllegalStateException(
          "The S3 server on port " + port + " is running (pid " + process.pid() + ")");
    }
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the S3 server: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void stop() {
    process.stop(STOP_TIMEOUT);
  }

  @Override
  public synchronized void kill() {
    process.kill();
  }

  @Override
  public void close() {
    guard.close();
  }
}
