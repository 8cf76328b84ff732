package io.sluice.cdc.s3.internal.commit;

import io.sluice.cdc.event.HistoryEntry;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.internal.record.CheckpointRecord;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.SchemaEntry;
import io.sluice.cdc.sink.ResumePoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the log adds up to. Knows no client and no clock. Not thread-safe. */
public final class PipelineState {
  private long commit;
  private long epoch;
  private long lastSequence;
  private boolean insideTransaction;
  private @Nullable SourceState source;
  private final Map<String, String> schemaHistory = new LinkedHashMap<>();
  private final Map<TableName, SchemaEntry> schemas = new TreeMap<>();
  private LoadState load = LoadState.EMPTY;

  /** Before the first record. */
  public PipelineState() {}

  /** As a checkpoint tells. */
  public PipelineState(CheckpointRecord checkpoint) {
    commit = checkpoint.commit();
    epoch = checkpoint.epoch();
    lastSequence = checkpoint.lastSequence();
    insideTransaction = checkpoint.endsInsideTransaction();
    source = checkpoint.source();
    HistoryEntry.add(schemaHistory, checkpoint.schemaHistory());
    checkpoint.schemas().forEach(this::put);
    load = checkpoint.load();
  }

  /** Adds the next record. */
  public void apply(LogRecord record) {
    if (record.commit() != commit + 1) {
      throw new IllegalArgumentException("record " + record.commit() + " after " + commit);
    }
    commit = record.commit();
    epoch = record.epoch();
    if (record.isClaim()) {
      return;
    }
    lastSequence = record.lastSequence();
    insideTransaction = record.endsInsideTransaction();
    source = record.source() == null ? source : record.source();
    HistoryEntry.add(schemaHistory, record.schemaHistory());
    record.schemas().forEach(this::put);
    load = load.with(record.load());
  }

  /** The number of the last record. */
  public long commit() {
    return commit;
  }

  /** The epoch of the last record. */
  public long epoch() {
    return epoch;
  }

  /** The last sequence number used. */
  public long lastSequence() {
    return lastSequence;
  }

  /** Whether the last commit ended with a part of a transaction of which more follows. */
  public boolean insideTransaction() {
    return insideTransaction;
  }

  /** The latest structure of every table. */
  public List<SchemaEntry> schemas() {
    return List.copyOf(schemas.values());
  }

  /** For whoever goes on from here. */
  public ResumePoint resumePoint() {
    List<TableSchema> latest = schemas.values().stream().map(SchemaEntry::schema).toList();
    return new ResumePoint(commit, epoch, lastSequence, source, history(), load, latest);
  }

  /** All of it, to be stored. */
  public CheckpointRecord checkpoint(String pipeline, String time, long promotedUpTo) {
    return new CheckpointRecord(
        LogRecord.FORMAT,
        pipeline,
        commit,
        epoch,
        time,
        promotedUpTo,
        source,
        lastSequence,
        schemas(),
        history(),
        load,
        insideTransaction);
  }

  private List<String> history() {
    return List.copyOf(schemaHistory.values());
  }

  private void put(SchemaEntry entry) {
    schemas.put(new TableName(entry.database(), entry.table()), entry);
  }
}
