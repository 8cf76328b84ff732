package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.HashSecret;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.ProtectionRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A world in which everything that leaves, and every line that is logged, can be searched. */
final class PlantedSecrets implements AutoCloseable {
  static final HashSecret SECRET = HashSecret.of("a secret of the test");

  private final PipelineWorld world = PipelineWorld.open();
  private final Transcript transcript = Transcript.begin();

  PipelineWorld world() {
    return world;
  }

  Transcript transcript() {
    return transcript;
  }

  /** Without compression, so that bytes can be searched. */
  CdcPipeline.Builder pipeline(String id, ProtectionConfig protection) {
    return world
        .pipeline(id)
        .sink(world.sink(id).compression("uncompressed").build())
        .protection(protection);
  }

  void catchUp(CdcPipeline.Builder builder) throws InterruptedException {
    try (CdcPipeline pipeline = builder.build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }

  static ProtectionConfig rules(ProtectionRule... rules) {
    return ProtectionConfig.NONE.withColumns(List.of(rules)).withSecret(SECRET);
  }

  static ProtectionRule rule(String match, Protection protection) {
    return new ProtectionRule(match, protection);
  }

  void noneOf(List<String> planted, String id) throws IOException {
    noneOfObjects(planted, id);
    assertThat(transcript.lines).isNotEmpty();
    for (String secret : planted) {
      assertThat(transcript.lines.stream().filter(line -> line.contains(secret)).findFirst())
          .as(secret)
          .isEmpty();
    }
  }

  void noneOfObjects(List<String> planted, String id) throws IOException {
    for (String object : objects(id)) {
      for (String secret : planted) {
        assertThat(object.contains(secret)).as("%s in an object", secret).isFalse();
      }
    }
  }

  /** All bytes of all objects of a pipeline in both buckets, each byte a character. */
  List<String> objects(String id) throws IOException {
    List<String> objects = new ArrayList<>();
    Path lake = world.s3().bucketFolder("lake").orElseThrow().resolve("raw/" + id);
    Path temporary = world.s3().bucketFolder("lake-tmp").orElseThrow().resolve("sluice/" + id);
    for (Path folder : List.of(lake, temporary)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          objects.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return objects;
  }

  @Override
  public void close() {
    transcript.end();
    world.close();
  }
}
