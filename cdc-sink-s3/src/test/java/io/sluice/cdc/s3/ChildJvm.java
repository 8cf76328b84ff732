package io.sluice.cdc.s3;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts a class of the tests in a process of its own. */
final class ChildJvm {
  private ChildJvm() {}

  static Process start(
      Class<?> main, List<String> options, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The sink of a child: the server's endpoint and the final bucket come as arguments. */
  static S3SinkBuilder sink(String endpoint, String bucket) {
    return S3Sink.builder()
        .region("us-east-1")
        .endpoint(URI.create(endpoint))
        .pathStyle(true)
        .credentials("sluice-test-key", "sluice-test-secret")
        .finalLocation("s3://" + bucket + "/raw")
        .temporaryLocation("s3://" + bucket + "-tmp/sluice");
  }
}
