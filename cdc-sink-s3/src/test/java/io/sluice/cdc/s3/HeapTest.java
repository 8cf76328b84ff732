package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.sink.Stage;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The budget of memory, proved by a heap that is hardly larger. */
class HeapTest {
  @Test
  void fiveHundredTablesWrittenAtRandomFitASmallHeap() throws Exception {
    Lake lake = new Lake();
    Process process =
        ChildJvm.start(
            Scribe.class,
            List.of("-Xmx96m"),
            Map.of(),
            Lake.server().endpoint().toString(),
            lake.finalBucket);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(lake.query("select count(*) > 0, min(length(name)) from {}", "shop", "t0"))
        .containsExactly("true|3000");
  }

  /** Writes 60 MB that do not compress into 500 tables, in one commit, with 32 MiB to do it. */
  static final class Scribe {
    private Scribe() {}

    public static void main(String[] args) throws Exception {
      try (S3Sink sink = ChildJvm.sink(args[0], args[1]).memory(32 << 20).build()) {
        sink.open(Rows.PIPELINE);
        Stage stage = sink.stage();
        Random random = new Random(1);
        stage.write(Rows.noise(Rows.table("shop", "t0"), 1, 10, 3000));
        for (int i = 1; i < 2000; i++) {
          stage.write(
              Rows.noise(Rows.table("shop", "t" + random.nextInt(500)), 1 + i * 10L, 10, 3000));
        }
        S3SinkTest.commit(sink, stage, Rows.request(1, 20_000));
      }
    }
  }
}
