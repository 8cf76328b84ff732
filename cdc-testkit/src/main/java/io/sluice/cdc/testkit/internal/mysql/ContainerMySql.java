package io.sluice.cdc.testkit.internal.mysql;

import io.sluice.cdc.testkit.internal.process.Await;
import io.sluice.cdc.testkit.internal.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * The server of an image, with the same options. Testcontainers' own reaper removes it when this
 * JVM is gone.
 */
final class ContainerMySql implements MySqlServer {
  private static final int INNER_PORT = 3306;
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final GenericContainer<?> container;
  private final String version;

  private ContainerMySql(GenericContainer<?> container, String version) {
    this.container = container;
    this.version = version;
  }

  static ContainerMySql open(String image, MySqlSettings settings) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withEnv("MYSQL_ROOT_PASSWORD", ROOT_PASSWORD)
            .withEnv("MYSQL_ROOT_HOST", "%")
            .withCommand(settings.serverOptions().toArray(String[]::new))
            .withExposedPorts(INNER_PORT)
            .waitingFor(new Greeting());
    // A fixed port outside, so that the server comes back on the same one after kill and start.
    container.setPortBindings(List.of(Ports.free() + ":" + INNER_PORT));
    container.start();
    return new ContainerMySql(container, versionOf(container));
  }

  private static String versionOf(GenericContainer<?> container) {
    try {
      String answer = container.execInContainer("mysqld", "--version").getStdout();
      return answer.replaceFirst("(?s).*Ver (\\d+\\.\\d+\\.\\d+).*", "$1");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot ask the container for MySQL's version", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Interrupted while a container is asked for MySQL's version", e);
    }
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return container.getMappedPort(INNER_PORT);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public long pid() {
    var state =
        container
            .getDockerClient()
            .inspectContainerCmd(container.getContainerId())
            .exec()
            .getState();
    return Objects.requireNonNull(state.getPidLong(), "The container does not run");
  }

  @Override
  public void start() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    if (!Await.until(TIMEOUT, () -> Ports.greets(host(), port()))) {
      throw new IllegalStateException(
          "MySQL in container " + container.getContainerId() + " is not ready after " + TIMEOUT);
    }
  }

  @Override
  public void stop() {
    int seconds = (int) TIMEOUT.toSeconds();
    container
        .getDockerClient()
        .stopContainerCmd(container.getContainerId())
        .withTimeout(seconds)
        .exec();
  }

  @Override
  public void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }

  /** Waits for the server itself: what it logs, and where, differs from image to image. */
  private static final class Greeting extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      String host = waitStrategyTarget.getHost();
      int port = waitStrategyTarget.getMappedPort(INNER_PORT);
      if (!Await.until(TIMEOUT, () -> Ports.greets(host, port))) {
        throw new IllegalStateException("MySQL in a container is not ready after " + TIMEOUT);
      }
    }
  }
}
