package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A compaction that is never taken must not be a secret. */
@Tag("servers")
class CompactionWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Lake lake = new Lake();

  @Test
  void rightsThatAreMissingAreToldOnceAndAgainOnlyAfterItHasWorked() throws Exception {
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        Told told = new Told(CompactionWatch.class);
        S3Sink sink = lake.builder(proxy.endpoint()).lookEvery(Duration.ofMillis(50)).build()) {
      RequestMatch read = RequestMatch.of(S3Operation.GET_OBJECT).key(".*/compaction/.*");
      FaultRule denied = proxy.add(read, Fault.accessDenied());
      sink.open(Rows.PIPELINE);
      request();
      Awaitility.await().atMost(PATIENCE).until(() -> denied.fired() > 3);
      assertThat(told.warnings()).hasSize(1);
      assertThat(told.warnings().get(0))
          .contains("raw/_sluice/shop/compaction/some.json")
          .contains("s3:GetObject");
      proxy.remove(denied);
      Awaitility.await().atMost(PATIENCE).until(() -> lake.state("compaction").isEmpty());
      FaultRule looks = proxy.watch(RequestMatch.of(S3Operation.LIST_OBJECTS));
      Awaitility.await().atMost(PATIENCE).until(() -> looks.fired() > 2);
      proxy.add(read, Fault.accessDenied());
      request();
      Awaitility.await().atMost(PATIENCE).until(() -> told.warnings().size() == 2);
    }
  }

  /** It is none, so it is removed as soon as it can be read. */
  private void request() throws IOException {
    Path folder = lake.finalFolder().resolve("raw/_sluice/shop/compaction");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("some.json"), "{}");
  }
}
