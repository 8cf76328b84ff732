package io.sluice.cdc.examples;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.s3.S3Sink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A pipeline over {@code shop.*} in a process of its own, to be killed. */
final class PipelineProcess {
  private PipelineProcess() {}

  /** Starts one; with {@code untilCaughtUp} it ends by itself. */
  static Process start(
      PipelineWorld world, String id, boolean untilCaughtUp, Path log, String... jvmOptions)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PipelineProcess.class.getName(),
                world.mysql().host(),
                Integer.toString(world.mysql().port()),
                world.mysql().rootUser(),
                world.mysql().rootPassword(),
                world.s3().endpoint().toString(),
                world.s3().region(),
                world.s3().accessKey(),
                world.s3().secretKey(),
                id,
                Boolean.toString(untilCaughtUp)));
    command.addAll(1, List.of(jvmOptions));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  public static void main(String[] args) throws Exception {
    SourceConfig source =
        SourceConfig.builder()
            .host(args[0])
            .port(Integer.parseInt(args[1]))
            .user(args[2])
            .password(args[3])
            .include("shop.*")
            .build();
    S3Sink sink =
        S3Sink.builder()
            .endpoint(URI.create(args[4]))
            .region(args[5])
            .pathStyle(true)
            .credentials(args[6], args[7])
            .finalLocation(PipelineWorld.finalLocation(args[8]))
            .temporaryLocation(PipelineWorld.TEMPORARY)
            .build();
    try (CdcPipeline pipeline =
        CdcPipeline.builder()
            .pipeline(args[8])
            .source(source)
            .load(LoadConfig.DEFAULT.withParallelism(2).withChunkBytes(256 << 10))
            .batch(BatchConfig.DEFAULT.withMaxAge(Duration.ofMillis(100)).withMaxRows(500))
            .sink(sink)
            .build()) {
      if (Boolean.parseBoolean(args[9])) {
        pipeline.stopWhenCaughtUp();
      }
      pipeline.start();
      pipeline.awaitEnd();
    } catch (io.sluice.cdc.error.CdcException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }
}
