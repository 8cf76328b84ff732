package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.sink.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The budget of memory, proved by a heap that is hardly larger. */
class HeapTest {
  @Test
  void fiveHundredTablesWrittenAtRandomFitASmallHeap() throws Exception {
    Lake lake = writtenBy(Scribe.class, "-Xmx96m");
    assertThat(lake.query("select count(*) > 0, min(length(name)) from {}", "shop", "t0"))
        .containsExactly("true|3000");
  }

  /** As the load does: half of the heap for the sink, several readers with a stage each. */
  @Test
  void readersWhoseRowGroupsAreCutAtOnceFitTwiceTheBudget() throws Exception {
    Lake lake = writtenBy(Readers.class, "-Xmx256m", "-XX:+UseG1GC");
    assertThat(lake.query("select count(*), min(length(name)) from {}", "shop", "t1"))
        .containsExactly(Readers.BATCHES * 200 + "|2000");
  }

  private static Lake writtenBy(Class<?> main, String... jvmFlags) throws Exception {
    Lake lake = new Lake();
    Process process =
        ChildJvm.start(
            main,
            List.of(jvmFlags),
            Map.of(),
            Lake.server().endpoint().toString(),
            lake.finalBucket);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return lake;
  }

  /** Writes 300 MB that do not compress, in three threads. */
  static final class Readers {
    private static final int BATCHES = 250;

    private Readers() {}

    public static void main(String[] args) throws Exception {
      try (S3Sink sink = ChildJvm.sink(args[0], args[1]).memory(128 << 20).build()) {
        sink.open(Rows.PIPELINE);
        List<FutureTask<Stage>> readers = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
          Stage stage = sink.stage();
          TableSchema table = Rows.table("shop", "t" + reader);
          FutureTask<Stage> read =
              new FutureTask<>(
                  () -> {
                    for (int i = 0; i < BATCHES; i++) {
                      stage.write(Rows.noise(table, 1 + i * 200L, 200, 2000));
                    }
                    return stage;
                  });
          readers.add(read);
          new Thread(read).start();
        }
        for (int i = 0; i < readers.size(); i++) {
          S3SinkTest.commit(sink, readers.get(i).get(), Rows.request(i + 1, 1));
        }
      }
    }
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
