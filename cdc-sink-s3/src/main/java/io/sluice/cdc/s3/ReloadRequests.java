package io.sluice.cdc.s3;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.RetryPolicy;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import io.sluice.cdc.s3.internal.record.ReloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Requests to load tables again, one object a table. Thread-safe. */
final class ReloadRequests {
  /**
   * A pipeline asks again soon; it must not hang here when it is stopped, and so few attempts are
   * not worth a warning.
   */
  private static final RetryPolicy BRIEF =
      new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(5));

  private final Bucket bucket;
  private final Keys keys;
  private final Map<TableName, byte[]> seen = new ConcurrentHashMap<>();

  ReloadRequests(Bucket bucket, Keys keys) {
    this.bucket = bucket.with(BRIEF);
    this.keys = keys;
  }

  /** What is requested now. */
  List<TableName> all() throws InterruptedException {
    List<TableName> tables = new ArrayList<>();
    for (String key : bucket.list(keys.reloadPrefix(), "")) {
      Optional<TableName> table = keys.reloadOf(key);
      Optional<byte[]> content = table.isEmpty() ? Optional.empty() : bucket.get(key);
      if (table.isPresent() && content.isPresent()) {
        seen.put(table.get(), content.get());
        tables.add(table.get());
      }
    }
    return tables;
  }

  /** Removes requests, but not one that was made again since it was seen. */
  void remove(Collection<TableName> tables) throws InterruptedException {
    List<String> same = new ArrayList<>();
    for (TableName table : tables) {
      byte[] before = seen.get(table);
      String key = keys.reload(table);
      if (before != null && bucket.get(key).filter(b -> Arrays.equals(b, before)).isPresent()) {
        same.add(key);
      }
    }
    bucket.delete(same);
    tables.forEach(seen::remove);
  }

  /** Makes one; a request that is there already is replaced. */
  void make(PipelineId pipeline, TableName table) throws InterruptedException {
    ReloadRecord record =
        new ReloadRecord(
            LogRecord.FORMAT,
            pipeline.value(),
            table.database(),
            table.table(),
            UUID.randomUUID().toString(),
            Instant.now().toString(),
            ThisProcess.host(),
            ThisProcess.pid());
    bucket.putJson(keys.reload(table), RecordCodec.write(record));
  }

  /** Whether one waits. */
  boolean waits(TableName table) throws InterruptedException {
    return bucket.head(keys.reload(table)).isPresent();
  }
}
