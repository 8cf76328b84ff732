package io.sluice.cdc.s3.internal.commit;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.CompactionRecord;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.SchemaEntry;
import io.sluice.cdc.s3.internal.record.WriterEntry;
import io.sluice.cdc.s3.internal.stage.SchemaVersions;
import io.sluice.cdc.s3.internal.stage.StagedFile;
import io.sluice.cdc.sink.CommitRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes records and appends them, one after the other. Not thread-safe. */
public final class Committer {
  private final CommitLog log;
  private final Keys keys;
  private final String pipeline;
  private final WriterEntry writer;
  private final SchemaVersions versions;
  private final PipelineState state;

  /**
   * Goes on from a state.
   *
   * @param log to append to
   * @param keys spells final keys
   * @param pipeline the pipeline's id
   * @param writer this process
   * @param versions numbers structures
   * @param state what the log adds up to, the own claim included
   */
  public Committer(
      CommitLog log,
      Keys keys,
      String pipeline,
      WriterEntry writer,
      SchemaVersions versions,
      PipelineState state) {
    this.log = log;
    this.keys = keys;
    this.pipeline = pipeline;
    this.writer = writer;
    this.versions = versions;
    this.state = state;
  }

  /** What the log adds up to. */
  public PipelineState state() {
    return state;
  }

  /** The record that {@link #append} would append. */
  public LogRecord record(List<StagedFile> files, CommitRequest request) {
    long number = state.commit() + 1;
    return new LogRecord(
        LogRecord.FORMAT,
        LogRecord.COMMIT,
        number,
        pipeline,
        state.epoch(),
        writer,
        Instant.now().toString(),
        request.source(),
        request.firstSequence(),
        request.lastSequence(),
        request.endsInsideTransaction(),
        entries(files, number),
        schemas(files, request),
        request.schemaHistory(),
        request.load());
  }

  /**
   * The record of a commit that only puts files in the place of others: no row, no position and no
   * number changes.
   */
  public LogRecord compaction(List<CompactionRecord> requests) {
    long number = state.commit() + 1;
    List<FileEntry> files = new ArrayList<>();
    List<String> replaced = new ArrayList<>();
    for (CompactionRecord request : requests) {
      FileEntry file = request.file();
      files.add(
          file.at(
              keys.data(
                  new TableName(file.database(), file.table()),
                  LocalDate.parse(file.dt()),
                  number,
                  files.size(),
                  Keys.kindOf(file.kind()))));
      replaced.addAll(request.replaced());
    }
    return new LogRecord(
        LogRecord.FORMAT_COMPACTED,
        LogRecord.COMMIT,
        number,
        pipeline,
        state.epoch(),
        writer,
        Instant.now().toString(),
        null,
        0,
        state.lastSequence(),
        state.insideTransaction(),
        List.of(),
        List.of(),
        List.of(),
        LoadChange.NONE,
        files,
        replaced);
  }

  /** Appends it; when it is stored, the state has moved on. */
  public CommitLog.Appended append(LogRecord record) throws InterruptedException {
    FailPoint.BEFORE_COMMIT_PUT.pass();
    CommitLog.Appended appended = log.append(record);
    if (appended instanceof CommitLog.Appended.Stored) {
      FailPoint.AFTER_COMMIT_PUT.pass();
      state.apply(record);
      record.schemas().forEach(s -> versions.committed(s.version(), s.schema()));
    }
    return appended;
  }

  /** A claim as the record after the state. */
  public static LogRecord claim(PipelineState state, String pipeline, WriterEntry writer) {
    return new LogRecord(
        LogRecord.FORMAT,
        LogRecord.CLAIM,
        state.commit() + 1,
        pipeline,
        state.epoch() + 1,
        writer,
        Instant.now().toString(),
        null,
        0,
        state.lastSequence(),
        false,
        List.of(),
        List.of(),
        List.of(),
        LoadChange.NONE);
  }

  private List<FileEntry> entries(List<StagedFile> files, long number) {
    List<FileEntry> entries = new ArrayList<>();
    for (StagedFile file : files) {
      entries.add(entry(file, number, entries.size()));
    }
    return entries;
  }

  private FileEntry entry(StagedFile file, long number, int part) {
    TableName table = file.schema().table();
    return new FileEntry(
        table.database(),
        table.table(),
        Keys.kindOf(file.kind()),
        keys.data(table, file.day(), number, part, file.kind()),
        file.key(),
        file.rows(),
        file.bytes(),
        file.checksum(),
        file.md5(),
        file.schemaVersion(),
        file.firstSequence(),
        file.lastSequence(),
        file.day().toString(),
        null,
        null);
  }

  private List<SchemaEntry> schemas(List<StagedFile> files, CommitRequest request) {
    Map<TableName, Set<Integer>> used = new HashMap<>();
    for (StagedFile file : files) {
      used.computeIfAbsent(file.schema().table(), t -> new HashSet<>()).add(file.schemaVersion());
    }
    return versions.missing(used, request.schemas()).stream()
        .map(v -> SchemaEntry.of(v.version(), v.schema()))
        .toList();
  }
}
