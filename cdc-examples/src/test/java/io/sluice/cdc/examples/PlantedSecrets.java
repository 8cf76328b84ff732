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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A world in which everything that leaves, and every line that is logged, can be searched. There is
 * one for all tests of a class.
 */
final class PlantedSecrets implements BeforeAllCallback, AfterAllCallback {
  static final HashSecret SECRET = HashSecret.of("a secret of the test");

  private @Nullable PipelineWorld world;
  private @Nullable Transcript transcript;

  @Override
  public void beforeAll(ExtensionContext context) {
    world = PipelineWorld.open();
    transcript = Transcript.begin();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    transcript().end();
    world().close();
  }

  PipelineWorld world() {
    return Objects.requireNonNull(world);
  }

  Transcript transcript() {
    return Objects.requireNonNull(transcript);
  }

  /** Nothing is logged, and the database {@code shop} is new. */
  void begin(String... statements) throws SQLException {
    transcript().lines.clear();
    execute("DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop CHARACTER SET utf8mb4");
    execute(statements);
  }

  void execute(String... statements) throws SQLException {
    world().mysql().execute(statements);
  }

  /** Without compression, so that bytes can be searched. */
  CdcPipeline.Builder pipeline(String id, ProtectionConfig protection) {
    return world()
        .pipeline(id)
        .sink(world().sink(id).compression("uncompressed").build())
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
    assertThat(transcript().lines).isNotEmpty();
    for (String secret : planted) {
      assertThat(transcript().lines.stream().filter(line -> line.contains(secret)).findFirst())
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
    Path lake = world().s3().bucketFolder("lake").orElseThrow().resolve("raw/" + id);
    Path temporary = world().s3().bucketFolder("lake-tmp").orElseThrow().resolve("sluice/" + id);
    for (Path folder : List.of(lake, temporary)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          objects.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return objects;
  }
}
