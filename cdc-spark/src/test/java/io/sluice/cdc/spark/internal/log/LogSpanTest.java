package io.sluice.cdc.spark.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.CommitLogReader;
import io.sluice.cdc.s3.LoggedCommit;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.OwnerRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import io.sluice.cdc.s3.internal.record.WriterEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which commits a run may look at. */
class LogSpanTest {
  private static final String TIME = "2026-01-01T00:00:00Z";
  private final Map<String, byte[]> bucket = new ConcurrentHashMap<>();
  private final CommitLogReader log = new CommitLogReader(new PipelineId("shop"), bucket::get);

  @BeforeEach
  void owner() {
    bucket.put(
        "_sluice/owner.json", RecordCodec.write(new OwnerRecord(1, "shop", "s3://lake/raw")));
  }

  private void commit(long number, boolean inside, String... files) {
    record(
        number,
        LogRecord.COMMIT,
        inside,
        List.of(files).stream().map(name -> file(number, name)).toList());
  }

  private static FileEntry file(long number, String name) {
    return new FileEntry(
        "shop",
        "t",
        "change",
        "raw/shop/t/dt=2026-01-01/" + name,
        "x",
        1,
        1,
        "crc32c:0",
        null,
        1,
        number,
        number,
        "2026-01-01",
        null,
        null);
  }

  private void record(long number, String kind, boolean inside, List<FileEntry> files) {
    record(1, number, kind, inside, files, List.of(), List.of());
  }

  private void record(
      int format,
      long number,
      String kind,
      boolean inside,
      List<FileEntry> files,
      List<FileEntry> compacted,
      List<String> replaced) {
    bucket.put(
        String.format("_sluice/shop/log/%020d.json", number),
        RecordCodec.write(
            new LogRecord(
                format,
                kind,
                number,
                "shop",
                1,
                new WriterEntry("w", "h", 1, TIME),
                TIME,
                null,
                number,
                number,
                inside,
                files,
                List.of(),
                List.of(),
                LoadChange.NONE,
                compacted,
                replaced)));
  }

  private void promote(long number) {
    bucket.put(String.format("_sluice/shop/promoted/%020d.json", number), new byte[] {1});
  }

  private List<String> files(LogSpan span) {
    return span.tables().get(new TableName("shop", "t")).fromTheBeginning().stream()
        .map(LoggedCommit.File::key)
        .map(k -> k.substring(k.length() - 1))
        .toList();
  }

  @Test
  void whatIsNotPromotedWaits() throws Exception {
    record(1, LogRecord.CLAIM, false, List.of());
    commit(2, false, "a");
    commit(3, false);
    commit(4, false, "b");
    promote(2);
    LogSpan span = LogSpan.read(log, 0);
    assertThat(span.through()).isEqualTo(3);
    assertThat(files(span)).containsExactly("a");
    promote(4);
    assertThat(LogSpan.read(log, 0).through()).isEqualTo(4);
  }

  @Test
  void aTransactionInPartsWaitsForItsEnd() throws Exception {
    commit(1, false, "a");
    commit(2, true, "b");
    commit(3, true, "c");
    promote(3);
    assertThat(LogSpan.read(log, 0).through()).isEqualTo(1);
    commit(4, false, "d");
    assertThat(LogSpan.read(log, 0).through()).as("4 is not promoted").isEqualTo(1);
    promote(4);
    LogSpan span = LogSpan.read(log, 1);
    assertThat(span.through()).isEqualTo(4);
    assertThat(files(span)).containsExactly("b", "c", "d");
  }

  @Test
  void nothingNewIsNoError() throws Exception {
    commit(1, false, "a");
    promote(1);
    assertThat(LogSpan.read(log, 1).through()).isEqualTo(1);
    assertThat(LogSpan.read(log, 1).tables()).isEmpty();
  }

  @Test
  void longLogsAreReadToTheirEnd() throws Exception {
    for (int i = 1; i <= 200; i++) {
      commit(i, false, "a");
    }
    promote(200);
    assertThat(LogSpan.read(log, 0).through()).isEqualTo(200);
    assertThat(files(LogSpan.read(log, 65))).hasSize(135);
  }

  @Test
  void compactedFilesHoldNothingNewAndStandForThoseThatAreGone() throws Exception {
    commit(1, false, "a");
    commit(2, false, "b");
    record(
        2,
        3,
        LogRecord.COMMIT,
        false,
        List.of(),
        List.of(file(1, "c")),
        List.of(file(1, "a").key(), file(2, "b").key()));
    commit(4, false, "d");
    promote(4);
    LogSpan span = LogSpan.read(log, 0);
    TableLog whole = span.tables().get(new TableName("shop", "t"));
    assertThat(files(span)).as("from the beginning").containsExactly("c", "d");
    assertThat(whole.after(2)).extracting(LoggedCommit.File::key).hasSize(1);
    assertThat(whole.after(3)).extracting(LoggedCommit.File::key).hasSize(1);
    assertThatThrownBy(() -> whole.after(1))
        .as("b is needed and gone")
        .isInstanceOf(TableLog.ReplacedException.class);
  }

  @Test
  void aHoleAnotherPipelineAndNoPipelineAreRefused() {
    commit(1, false);
    commit(3, false);
    assertThatThrownBy(() -> LogSpan.read(log, 0))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("00000000000000000002.json is missing");
    assertThatThrownBy(
            () -> LogSpan.read(new CommitLogReader(new PipelineId("other"), bucket::get), 0))
        .hasMessageContaining("belongs to pipeline shop, not to other");
    bucket.clear();
    assertThatThrownBy(() -> LogSpan.read(log, 0)).hasMessageContaining("No pipeline has written");
  }

  @Test
  void aLogWithoutItsBeginningIsRefused() {
    commit(7, false, "a");
    assertThatThrownBy(() -> LogSpan.read(log, 0)).isInstanceOf(StateException.class);
  }
}
