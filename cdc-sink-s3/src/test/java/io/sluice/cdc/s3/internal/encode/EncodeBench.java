package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.DoubleVector;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.Transaction;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How fast rows become Parquet, alone on one thread: {@code EncodeBench [codec] [level] [rounds]}.
 */
public final class EncodeBench {
  private static final String[] WORDS =
      "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore"
          .split(" ");
  private static final String[] STATUS = {"new", "paid", "shipped", "returned", "cancelled"};
  private static final int BATCH_ROWS = 20_000;
  private static final int BATCHES = 100;

  private EncodeBench() {}

  public static void main(String[] args) throws Exception {
    Compression codec =
        Compression.valueOf(args.length > 0 ? args[0].toUpperCase(Locale.ROOT) : "ZSTD");
    int level = args.length > 1 ? Integer.parseInt(args[1]) : codec.defaultLevel();
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    ParquetSettings settings =
        new ParquetSettings(
            codec,
            level,
            ParquetSettings.DEFAULT_ROW_GROUP_BYTES,
            ParquetSettings.DEFAULT_PAGE_BYTES);
    List<RowBatch> batches = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 10; i++) {
      batches.add(batch(random, i * BATCH_ROWS));
    }
    System.out.printf("%.0f bytes a row in memory%n", (double) batches.get(0).bytes() / BATCH_ROWS);
    for (int round = 1; round <= rounds; round++) {
      measure(batches, settings);
    }
  }

  private static void measure(List<RowBatch> batches, ParquetSettings settings) throws Exception {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    Counter out = new Counter();
    try (Compressors compressors = new Compressors(settings)) {
      RowBatch first = batches.get(0);
      ParquetEncoder encoder =
          new ParquetEncoder(first.schema(), first.kind(), settings, compressors, out);
      for (int i = 0; i < BATCHES; i++) {
        RowBatch batch = batches.get(i % batches.size());
        int slice = ParquetEncoder.sliceRows(batch);
        for (int from = 0; from < batch.size(); from += slice) {
          encoder.write(batch, from, Math.min(from + slice, batch.size()));
        }
      }
      encoder.finish(Map.of());
    }
    double rows = (double) BATCH_ROWS * BATCHES;
    System.out.printf(
        "%s level %d: %,.0f rows/s, %.2f us CPU a row, %.0f bytes a row in the file, %.0f bytes a row allocated%n",
        settings.compression(),
        settings.level(),
        rows / ((System.nanoTime() - start) / 1e9),
        (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / rows,
        out.bytes / rows,
        (threads.getCurrentThreadAllocatedBytes() - allocated) / rows);
  }

  private static RowBatch batch(Random random, int firstId) {
    TableSchema table =
        new TableSchema(
            new TableName("bench", "orders"),
            List.of(
                column("id", LogicalType.INT64),
                column("customer", LogicalType.INT32),
                new Column("amount", "decimal(12,2)", ColumnType.decimal(12, 2), true),
                column("created", LogicalType.DATETIME),
                column("updated", LogicalType.TIMESTAMP),
                column("status", LogicalType.TEXT),
                column("email", LogicalType.TEXT),
                column("note", LogicalType.TEXT),
                column("score", LogicalType.DOUBLE),
                column("flag", LogicalType.INT8)),
            List.of("id"));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    Transaction transaction =
        new Transaction("3e11fa47-71ca-11e1-9e33-c80aa9429562:1", 1_700_000_000_000_000L);
    for (int i = 0; i < BATCH_ROWS; i++) {
      if (i % 100 == 0) {
        transaction =
            new Transaction(
                "3e11fa47-71ca-11e1-9e33-c80aa9429562:" + (firstId + i),
                1_700_000_000_000_000L + i);
      }
      int id = firstId + i;
      number(batch, 0, id);
      number(batch, 1, random.nextInt(200_000));
      number(batch, 2, random.nextInt(10_000_000));
      number(batch, 3, 1_700_000_000_000_000L + random.nextInt(1_000_000) * 1_000_000L);
      number(batch, 4, 1_700_000_000_000_000L + random.nextInt(100_000_000) * 1000L);
      text(batch, 5, STATUS[random.nextInt(STATUS.length)]);
      text(batch, 6, "customer." + random.nextInt(200_000) + "@example.org");
      text(batch, 7, words(random));
      ((DoubleVector) batch.column(8)).append(random.nextInt(1000) / 10.0);
      if (random.nextInt(10) == 0) {
        batch.column(9).appendNull();
      } else {
        number(batch, 9, random.nextInt(2));
      }
      batch.endRow(Operation.INSERT, id + 1L, transaction);
    }
    return batch;
  }

  private static String words(Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < 90) {
      text.append(WORDS[random.nextInt(WORDS.length)])
          .append(' ')
          .append(random.nextInt(100))
          .append(' ');
    }
    return text.toString();
  }

  private static void number(RowBatch batch, int column, long value) {
    ((LongVector) batch.column(column)).append(value);
  }

  private static void text(RowBatch batch, int column, String value) {
    ((BytesVector) batch.column(column)).append(value.getBytes(StandardCharsets.UTF_8));
  }

  private static Column column(String name, LogicalType type) {
    return new Column(name, type.name().toLowerCase(Locale.ROOT), ColumnType.of(type), true);
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes += length;
    }
  }
}
