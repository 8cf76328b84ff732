package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Stage;
import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * F44: buckets that earlier versions wrote are kept here, one for each format of the state, and
 * must be taken up as they are. A new format gets a sample of its own from {@link #main}; the old
 * ones stay.
 */
class FormatSampleTest {
  private static final String NAME = "format-sample";
  private static final int CHECKPOINTED = 102;
  private static final int WITH_FILES = 3;
  private static final TableSchema ORDERS = Rows.table("shop", "orders");
  private static final TableSchema ITEMS = Rows.table("shop", "items");

  @Test
  void f44aBucketOfFormatOneIsTakenUp() throws Exception {
    takeUp(new Lake(NAME), "format-1.zip", 0);
  }

  /** The files with changes are compacted, and stand beside the compacted one. */
  @Test
  void f44aBucketOfFormatTwoIsTakenUp() throws Exception {
    takeUp(new Lake(NAME + "-2"), "format-2.zip", WITH_FILES);
  }

  private static void takeUp(Lake lake, String sample, int twice) throws Exception {
    unpack(lake, sample);
    try (S3Sink sink = lake.sink()) {
      ResumePoint resume = sink.open(Rows.PIPELINE);
      assertThat(resume.lastSequence()).isEqualTo(1 + CHECKPOINTED + 10);
      assertThat(resume.source()).isEqualTo(Rows.state(resume.lastSequence()));
      assertThat(resume.schemaHistory()).containsExactly("{\"ddl\":\"CREATE TABLE orders\"}");
      assertThat(resume.schemas()).containsExactlyInAnyOrder(ORDERS, ITEMS);
      assertThat(resume.load().views()).containsExactly(view());
      assertThat(resume.load().tables())
          .containsExactlyInAnyOrder(
              new TableLoad(ORDERS.table(), true, List.of(), 7, 70),
              new TableLoad(ITEMS.table(), false, List.of(items()), 5, 50));
      Stage stage = sink.stage();
      stage.write(Rows.changes(ORDERS, 114, 120));
      S3SinkTest.commit(sink, stage, Rows.request(114, 120));
    }
    assertThat(lake.staged()).as("what the old version left unpromoted").isEmpty();
    assertThat(lake.query("select count(*), max(_cdc_seq) from {}", "shop", "orders"))
        .containsExactly(7 + WITH_FILES + twice + 10 + 7 + "|120");
    if (twice > 0) {
      try (S3Sink sink = lake.sink()) {
        Compaction now = Compaction.DEFAULT.withMinFiles(1000).withKeep(Duration.ZERO);
        assertThat(sink.compact(Rows.PIPELINE, now, text -> {}).deletedFiles()).isEqualTo(twice);
      }
      assertThat(lake.query("select count(*), count(distinct _cdc_seq) from {}", "shop", "orders"))
          .containsExactly(7 + WITH_FILES + 10 + 7 + "|" + (1 + WITH_FILES + 10 + 7));
    }
  }

  /**
   * Writes a sample of the present format: loads and changes, a checkpoint, a compaction, and a
   * last commit whose files are still staged.
   *
   * @param args the file to write
   */
  public static void main(String[] args) throws Exception {
    Lake lake = new Lake(NAME + "-2");
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      Stage stage = sink.stage();
      stage.write(Rows.load(ORDERS, 1, 7));
      stage.write(Rows.load(ITEMS, 1, 5));
      S3SinkTest.commit(sink, stage, loaded());
      for (int i = 2; i < 2 + CHECKPOINTED; i++) {
        stage = sink.stage();
        if (i < 2 + WITH_FILES) {
          stage.write(Rows.changes(ORDERS, i, i));
        }
        S3SinkTest.commit(sink, stage, Rows.request(i, i));
      }
    }
    try (S3Sink sink = lake.sink()) {
      sink.compact(Rows.PIPELINE, Compaction.DEFAULT.withMinFiles(2), text -> {});
      sink.open(Rows.PIPELINE);
    }
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        S3Sink sink = lake.builder(proxy.endpoint()).build()) {
      proxy.add(RequestMatch.of(S3Operation.COPY_OBJECT), Fault.accessDenied());
      sink.open(Rows.PIPELINE);
      Stage stage = sink.stage();
      stage.write(Rows.changes(ORDERS, 104, 113));
      S3SinkTest.commit(sink, stage, Rows.request(104, 113));
    }
    try (OutputStream file = Files.newOutputStream(Path.of(args[0]));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      pack(zip, lake.finalFolder(), lake.finalBucket);
      pack(zip, lake.temporaryFolder(), lake.temporaryBucket);
    }
    System.exit(0);
  }

  private static CommitRequest loaded() {
    LoadChange change =
        new LoadChange(
            List.of(view()),
            List.of(),
            List.of(
                new TableLoad(ORDERS.table(), true, List.of(), 7, 70),
                new TableLoad(ITEMS.table(), false, List.of(items()), 5, 50)),
            List.of());
    return new CommitRequest(
        Rows.state(1),
        0,
        1,
        false,
        List.of("{\"ddl\":\"CREATE TABLE orders\"}"),
        change,
        List.of());
  }

  private static LoadView view() {
    return new LoadView(1, 1, Rows.state(1).position(), 1_772_600_767_000_000L);
  }

  private static LoadedRange items() {
    return new LoadedRange(1, null, List.of("5"));
  }

  private static void pack(ZipOutputStream zip, Path folder, String bucket) throws IOException {
    for (String key : Lake.keys(folder)) {
      zip.putNextEntry(new ZipEntry(bucket + "/" + key));
      Files.copy(folder.resolve(key), zip);
    }
  }

  private static void unpack(Lake lake, String sample) throws IOException {
    try (S3Client client = Lake.client();
        InputStream file =
            Objects.requireNonNull(FormatSampleTest.class.getResourceAsStream(sample));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String bucket = entry.getName().split("/", 2)[0];
        String key = entry.getName().substring(bucket.length() + 1);
        assertThat(bucket).isIn(lake.finalBucket, lake.temporaryBucket);
        client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(zip.readAllBytes()));
      }
    }
  }
}
