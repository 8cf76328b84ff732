package io.sluice.cdc.testkit.internal.mysql;

import io.sluice.cdc.testkit.internal.process.Guard;
import io.sluice.cdc.testkit.internal.process.Ports;
import io.sluice.cdc.testkit.internal.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server process on this machine, on a random port of 127.0.0.1. Thread-safe. */
final class LocalMySql implements MySqlServer {
  private static final String HOST = "127.0.0.1";
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);
  private static final int PORT_TRIES = 5;

  private final Mysqld mysqld;
  private final MySqlSettings settings;
  private final Guard guard;
  private final Path data;
  private int port;
  private ServerProcess process;

  private LocalMySql(Mysqld mysqld, MySqlSettings settings, Guard guard) throws IOException {
    this.mysqld = mysqld;
    this.settings = settings;
    this.guard = guard;
    this.data = guard.folder().resolve("data");
    DataTemplate.copyTo(data, mysqld, settings.shapingOptions());
    this.port = Ports.free();
    this.process = firstStart();
  }

  static LocalMySql open(MySqlSettings settings) {
    Mysqld mysqld = Mysqld.find();
    Guard guard = Guard.open("mysql");
    try {
      return new LocalMySql(mysqld, settings, guard);
    } catch (IOException e) {
      guard.close();
      throw new UncheckedIOException("Cannot start MySQL: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      guard.close();
      throw e;
    }
  }

  /**
   * Another process may take the port between our look and the server's: then another port is
   * tried.
   */
  private ServerProcess firstStart() {
    for (int tries = 1; ; tries++) {
      try {
        return launch();
      } catch (IllegalStateException e) {
        if (tries == PORT_TRIES
            || !String.valueOf(e.getMessage()).contains("Bind on TCP/IP port")) {
          throw e;
        }
        port = Ports.free();
      }
    }
  }

  private ServerProcess launch() {
    List<String> options = new ArrayList<>();
    options.add("--datadir=" + data);
    options.add("--bind-address=" + HOST);
    options.add("--port=" + port);
    options.add(
        "--socket=mysql.sock"); // in the data folder; a full path may be longer than a socket's may
    options.add("--pid-file=mysqld.pid");
    options.add("--secure-file-priv=");
    options.addAll(settings.serverOptions());
    ServerProcess started =
        ServerProcess.start(guard, "mysqld", mysqld.command(options), mysqld.environment());
    started.awaitReady(START_TIMEOUT, () -> Ports.greets(HOST, port));
    return started;
  }

  @Override
  public String host() {
    return HOST;
  }

  @Override
  public synchronized int port() {
    return port;
  }

  @Override
  public String version() {
    return mysqld.version();
  }

  @Override
  public synchronized long pid() {
    return process.pid();
  }

  @Override
  public synchronized void start() {
    if (process.isAlive()) {
      throw new IllegalStateException(
          "MySQL on port " + port + " is running (pid " + process.pid() + ")");
    }
    process = launch();
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
