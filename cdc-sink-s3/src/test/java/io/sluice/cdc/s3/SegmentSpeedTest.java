package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints how long it takes to read a long log, with its segments and without. */
class SegmentSpeedTest {
  private static final int COMMITS = Integer.getInteger("cdc.test.commits", 100_000);
  private static final Duration NETWORK = Duration.ofMillis(20);

  private final Lake lake = new Lake();
  private final WrittenLog log = new WrittenLog(lake);

  @Test
  @Tag("long")
  void aLongLogIsRead() throws Exception {
    log.write(1, COMMITS);
    read("no segments", Lake.server().endpoint());
    log.writeSegments(COMMITS);
    System.out.printf(
        "a record %,d bytes, a segment %,d bytes%n",
        Files.size(log.record(COMMITS)), Files.size(log.segment(COMMITS)));
    read("segments", Lake.server().endpoint());
    slowly("segments");
  }

  private void slowly(String what) throws Exception {
    try (FaultProxy proxy = FaultProxy.open(Lake.server())) {
      FaultRule requests = proxy.add(RequestMatch.any(), Fault.delay(NETWORK));
      read(what + ", " + NETWORK.toMillis() + " ms more for each request", proxy.endpoint());
      System.out.printf("  %,d requests%n", requests.fired());
    }
  }

  private void read(String what, URI endpoint) throws Exception {
    try (S3Sink sink = lake.builder(endpoint).build()) {
      AtomicLong commits = new AtomicLong();
      long start = System.nanoTime();
      sink.readLog(Rows.PIPELINE, 0, commit -> commits.incrementAndGet());
      System.out.printf(
          "%s: %,d commits in %.1f s%n", what, commits.get(), (System.nanoTime() - start) / 1e9);
      assertThat(commits.get()).isEqualTo(COMMITS);
    }
  }
}
