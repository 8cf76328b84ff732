package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.sink.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints what compaction does in a second, and holds it to a heap. */
class CompactionSpeedTest {
  private static final int FILES = 4000;
  private static final int ROWS = 500;

  @Test
  @Tag("long")
  void aDayOfSmallFiles() throws Exception {
    Lake lake = new Lake();
    TableSchema table = Rows.wider(Rows.table("shop", "orders"));
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      for (int i = 0; i < FILES; i++) {
        long first = (long) i * ROWS + 1;
        Stage stage = sink.stage();
        stage.write(Rows.changes(table, first, first + ROWS - 1));
        S3SinkTest.commit(sink, stage, Rows.request(first, first + ROWS - 1));
      }
    }
    Compaction compaction = Compaction.DEFAULT.withKeep(Duration.ZERO);
    try (S3Sink sink = lake.sink()) {
      CompactionReport report = sink.compact(Rows.PIPELINE, compaction, text -> {});
      double seconds = report.took().toMillis() / 1e3;
      System.out.printf(
          "%,d files, %.1f MB -> %,d, %.1f MB; %,d rows in %.1f s: %,.0f files/s, %,.0f rows/s, %.1f MB/s%n",
          report.filesBefore(),
          report.bytesBefore() / 1e6,
          report.filesAfter(),
          report.bytesAfter() / 1e6,
          report.rows(),
          seconds,
          report.filesBefore() / seconds,
          report.rows() / seconds,
          report.bytesBefore() / 1e6 / seconds);
      assertThat(report.rows()).isEqualTo((long) FILES * ROWS);
      sink.open(Rows.PIPELINE);
    }
    try (S3Sink sink = lake.sink()) {
      assertThat(sink.compact(Rows.PIPELINE, compaction, text -> {}).deletedFiles())
          .isEqualTo(FILES);
    }
    assertThat(lake.query("select count(*), count(distinct _cdc_seq) from {}", "shop", "orders"))
        .containsExactly(FILES * ROWS + "|" + FILES * ROWS);
  }

  @Test
  @Tag("long")
  void wideRowsOfMediumFiles() throws Exception {
    Lake lake = new Lake();
    TableSchema table = Rows.table("shop", "orders");
    int files = 24;
    int rows = 2000;
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      for (int i = 0; i < files; i++) {
        long first = (long) i * rows + 1;
        Stage stage = sink.stage();
        stage.write(Rows.noise(table, first, rows, 10_000));
        S3SinkTest.commit(sink, stage, Rows.request(first, first + rows - 1));
      }
    }
    try (S3Sink sink = lake.builder().memory(64 << 20).build()) {
      CompactionReport report = sink.compact(Rows.PIPELINE, Compaction.DEFAULT, text -> {});
      System.out.printf(
          "%,d files, %.1f MB -> %,d in %.1f s: %.1f MB/s%n",
          report.filesBefore(),
          report.bytesBefore() / 1e6,
          report.filesAfter(),
          report.took().toMillis() / 1e3,
          report.bytesBefore() / 1e3 / report.took().toMillis());
      assertThat(report.filesBefore()).isEqualTo(files);
    }
  }
}
