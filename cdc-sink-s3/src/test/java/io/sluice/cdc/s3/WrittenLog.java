package io.sluice.cdc.s3;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.s3.internal.record.CheckpointRecord;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.OwnerRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import io.sluice.cdc.s3.internal.record.WriterEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A log of a pipeline that has run for long, without the time it would have taken. */
final class WrittenLog {
  private static final String TIME = "2026-01-01T00:00:00Z";

  final Path state;
  private final String bucket;

  WrittenLog(Lake lake) {
    bucket = lake.finalBucket;
    state = lake.finalFolder().resolve("raw/_sluice/shop");
  }

  /** Commits of one file each, all of them promoted. */
  void write(int from, int to) throws IOException {
    Files.createDirectories(state.resolve("log"));
    Files.createDirectories(state.resolve("promoted"));
    Files.write(
        state.resolveSibling("owner.json"),
        RecordCodec.write(new OwnerRecord(1, "shop", "s3://" + bucket + "/raw")));
    for (int commit = from; commit <= to; commit++) {
      Files.write(record(commit), RecordCodec.write(commit("shop", "w", commit)));
    }
    Files.writeString(state.resolve("promoted").resolve(record(to).getFileName()), "{}");
  }

  /** Records that do not compress to much less. */
  void writeLarge(int from, int to, int bytes) throws IOException {
    write(from, to);
    Random random = new Random(1);
    for (int commit = from; commit <= to; commit++) {
      StringBuilder noise = new StringBuilder();
      while (noise.length() < bytes) {
        noise.append((char) ('0' + random.nextInt(64)));
      }
      Files.write(
          record(commit),
          RecordCodec.write(commit("shop", noise.toString().replace('\\', 'x'), commit)));
    }
  }

  /** So that a start reads nothing before it. */
  void checkpoint(long commit) throws IOException {
    Files.createDirectories(state.resolve("checkpoint"));
    CheckpointRecord checkpoint =
        new CheckpointRecord(
            1,
            "shop",
            commit,
            1,
            TIME,
            commit,
            Rows.state(commit),
            commit,
            List.of(),
            List.of(),
            LoadState.EMPTY,
            false);
    Files.write(
        state.resolve("checkpoint").resolve(record(commit).getFileName()),
        RecordCodec.write(checkpoint));
  }

  /** What a pipeline would have made of it. */
  void writeSegments(int upTo) throws IOException {
    Files.createDirectories(state.resolve("segment"));
    for (int last = 1000; last <= upTo; last += 1000) {
      Files.write(segment(last), gzip(lines(last)));
    }
  }

  /** The records that belong into a segment. */
  List<byte[]> lines(long last) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (long commit = last - 999; commit <= last; commit++) {
      lines.add(Files.readAllBytes(record(commit)));
    }
    return lines;
  }

  static byte[] gzip(List<byte[]> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (byte[] line : lines) {
        gzip.write(line);
        gzip.write('\n');
      }
    }
    return bytes.toByteArray();
  }

  Path record(long commit) {
    return state.resolve("log").resolve(String.format("%020d.json", commit));
  }

  Path segment(long last) {
    return state.resolve("segment").resolve(String.format("%020d.jsonl.gz", last));
  }

  static LogRecord commit(String pipeline, String writer, long commit) {
    return new LogRecord(
        1,
        LogRecord.COMMIT,
        commit,
        pipeline,
        1,
        new WriterEntry(writer, "host", 1, TIME),
        TIME,
        Rows.state(commit),
        commit,
        commit,
        false,
        List.of(file(commit)),
        List.of(),
        List.of(),
        LoadChange.NONE);
  }

  private static FileEntry file(long commit) {
    return new FileEntry(
        "shop",
        "orders",
        "change",
        String.format("raw/shop/orders/dt=2026-01-01/%020d-00000-change.parquet", commit),
        String.format("sluice/shop/%010d/%08d-orders-00000.parquet", 1, commit),
        1,
        1000 + commit,
        String.format("crc32c:%08x", commit * 31),
        String.format("%032x", commit * 1_000_003),
        1,
        commit,
        commit,
        "2026-01-01",
        null,
        null);
  }
}
