package io.sluice.cdc.testkit.internal.s3;

import io.sluice.cdc.testkit.internal.process.Await;
import io.sluice.cdc.testkit.internal.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container. It forgets its objects when it is stopped or killed. */
final class ContainerS3 implements S3Server {
  private static final int INNER_PORT = 4566;
  private static final String HEALTH = "/_localstack/health";
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final GenericContainer<?> container;

  private ContainerS3(GenericContainer<?> container) {
    this.container = container;
  }

  static ContainerS3 open(String image) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withEnv("SERVICES", "s3")
            .withExposedPorts(INNER_PORT)
            .waitingFor(Wait.forHttp(HEALTH).forPort(INNER_PORT).withStartupTimeout(TIMEOUT));
    // A fixed port outside, so that the server comes back on the same one after kill and start.
    container.setPortBindings(List.of(Ports.free() + ":" + INNER_PORT));
    container.start();
    return new ContainerS3(container);
  }

  @Override
  public URI endpoint() {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(INNER_PORT));
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
  public void createBucket(String name) {
    try {
      Container.ExecResult result =
          container.execInContainer("awslocal", "s3", "mb", "s3://" + name);
      if (result.getExitCode() != 0 && !result.getStderr().contains("BucketAlreadyOwnedByYou")) {
        throw new IllegalStateException("Cannot make bucket " + name + ": " + result.getStderr());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make bucket " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while bucket " + name + " is made", e);
    }
  }

  @Override
  public Optional<Path> bucketFolder(String name) {
    return Optional.empty();
  }

  @Override
  public void start() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    if (!Await.until(TIMEOUT, this::isHealthy)) {
      throw new IllegalStateException(
          "The S3 server in container " + container.getContainerId() + " is not ready");
    }
  }

  private boolean isHealthy() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) endpoint().resolve(HEALTH).toURL().openConnection();
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void stop() {
    container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
