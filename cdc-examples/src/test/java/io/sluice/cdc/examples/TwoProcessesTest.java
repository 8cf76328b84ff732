package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.cdc.testkit.check.CheckReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("servers")
class TwoProcessesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void ofTwoAtOnceOneGoesOnAndTheOtherEndsWithOneAndSaysByWhomItIsFenced() throws Exception {
    try (PipelineWorld world = PipelineWorld.open()) {
      world
          .mysql()
          .execute(
              "CREATE DATABASE shop",
              "CREATE TABLE shop.t (id INT PRIMARY KEY)",
              "INSERT INTO shop.t VALUES (1)");
      Path firstLog = folder.resolve("first.log");
      Process first = PipelineProcess.start(world, "two", false, firstLog);
      Process second = null;
      try {
        Path log = world.s3().bucketFolder("lake").orElseThrow().resolve("raw/two/_sluice/two/log");
        await()
            .atMost(PATIENCE)
            .until(() -> records(log) >= 2); // the first has claimed and committed
        second = PipelineProcess.start(world, "two", false, folder.resolve("second.log"));
        int claimed = records(log);
        await().atMost(PATIENCE).until(() -> records(log) > claimed);
        world.mysql().execute("INSERT INTO shop.t VALUES (2)");
        assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(1);
        assertThat(Files.readString(firstLog))
            .contains("was taken over")
            .contains("process " + second.pid());
        assertThat(second.isAlive()).isTrue();
      } finally {
        first.destroyForcibly().waitFor();
        if (second != null) {
          second.destroyForcibly().waitFor();
        }
      }
      world.catchUp("two");
      CheckReport report = world.check("two");
      assertThat(report.equal()).as(report.inWords()).isTrue();
    }
  }

  private static int records(Path log) {
    String[] names = log.toFile().list((folder, name) -> name.endsWith(".json"));
    return names == null ? 0 : names.length;
  }
}
