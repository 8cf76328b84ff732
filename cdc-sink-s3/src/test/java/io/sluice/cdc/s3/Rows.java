package io.sluice.cdc.s3;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.sink.CommitRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows and commits for tests. */
final class Rows {
  static final PipelineId PIPELINE = new PipelineId("shop");
  static final Instant DAY = Instant.parse("2026-03-04T05:06:07Z");

  private Rows() {}

  static TableSchema table(String database, String table) {
    return new TableSchema(
        new TableName(database, table),
        List.of(
            new Column("id", "bigint", ColumnType.of(LogicalType.INT64), false),
            new Column("name", "varchar(50)", ColumnType.of(LogicalType.TEXT), true)),
        List.of("id"));
  }

  static TableSchema wider(TableSchema table) {
    List<Column> columns = new ArrayList<>(table.columns());
    columns.add(new Column("more", "int", ColumnType.of(LogicalType.INT32), true));
    return new TableSchema(table.table(), columns, table.key());
  }

  /** Changes numbered from one sequence to another, ids as their numbers. */
  static RowBatch changes(TableSchema table, long firstSequence, long lastSequence) {
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    Transaction transaction =
        new Transaction("uuid:" + firstSequence, DAY.toEpochMilli() * 1000 + firstSequence);
    for (long sequence = firstSequence; sequence <= lastSequence; sequence++) {
      append(batch, sequence, "name-" + sequence);
      batch.endRow(Operation.INSERT, sequence, transaction);
    }
    return batch;
  }

  /** Load rows of one view. */
  static RowBatch load(TableSchema table, long sequence, int rows) {
    RowBatch batch = new RowBatch(table, RowBatch.Kind.LOAD);
    Transaction view = new Transaction("view:binlog.000001:4", DAY.toEpochMilli() * 1000);
    for (int i = 1; i <= rows; i++) {
      append(batch, i, "loaded-" + i);
      batch.endRow(Operation.LOAD, sequence, view);
    }
    return batch;
  }

  /** Rows that do not compress. */
  static RowBatch noise(TableSchema table, long firstSequence, int rows, int bytesPerRow) {
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    Random random = new Random(firstSequence);
    Transaction transaction = new Transaction("uuid:" + firstSequence, DAY.toEpochMilli() * 1000);
    byte[] noise = new byte[bytesPerRow];
    for (int i = 0; i < rows; i++) {
      random.nextBytes(noise);
      for (int at = 0; at < noise.length; at++) {
        noise[at] = (byte) ('0' + (noise[at] & 63));
      }
      ((LongVector) batch.column(0)).append(firstSequence + i);
      ((BytesVector) batch.column(1)).append(noise);
      batch.endRow(Operation.INSERT, firstSequence + i, transaction);
    }
    return batch;
  }

  static CommitRequest request(long firstSequence, long lastSequence) {
    return request(firstSequence, lastSequence, List.of());
  }

  static CommitRequest request(long firstSequence, long lastSequence, List<TableSchema> schemas) {
    return new CommitRequest(
        state(lastSequence),
        firstSequence,
        lastSequence,
        false,
        List.of(),
        LoadChange.NONE,
        schemas);
  }

  static SourceState state(long sequence) {
    return new SourceState(
        new SourcePosition("binlog.000007", 4 + sequence, "uuid:1-" + sequence, "uuid"),
        Map.of("file", "binlog.000007", "pos", 4 + sequence, "snapshot", false));
  }

  private static void append(RowBatch batch, long id, String name) {
    ((LongVector) batch.column(0)).append(id);
    ((BytesVector) batch.column(1)).append(name.getBytes(StandardCharsets.UTF_8));
    for (int i = 2; i < batch.schema().columns().size(); i++) {
      ((LongVector) batch.column(i)).append(i);
    }
  }
}
