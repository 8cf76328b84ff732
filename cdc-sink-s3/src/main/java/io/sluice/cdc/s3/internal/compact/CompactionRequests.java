package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.CompactionRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests to compact, one object each. Thread-safe. */
public final class CompactionRequests {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionRequests.class);

  private final Bucket bucket;
  private final Keys keys;

  /** In the final bucket. */
  public CompactionRequests(Bucket bucket, Keys keys) {
    this.bucket = bucket;
    this.keys = keys;
  }

  /** Those that wait, at most so many; one that is damaged is removed. */
  public List<CompactionRecord> waiting(int most) throws InterruptedException {
    List<CompactionRecord> all = new ArrayList<>();
    for (String key : bucket.list(keys.compactionPrefix(), "")) {
      if (all.size() == most) {
        return all;
      }
      read(key).ifPresent(all::add);
    }
    return all;
  }

  private Optional<CompactionRecord> read(String key) throws InterruptedException {
    String place = "s3://" + bucket.name() + "/" + key;
    Optional<byte[]> bytes = bucket.get(key);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      CompactionRecord record = RecordCodec.read(bytes.get(), place, CompactionRecord.class);
      if (keys.compaction(record.id()).equals(key)) {
        return Optional.of(record);
      }
      LOG.warn("{} is no request to compact, its id is {}; it is removed", place, record.id());
    } catch (StateException e) {
      LOG.warn("A request to compact is removed: {}", e.getMessage());
    }
    bucket.delete(List.of(key));
    return Optional.empty();
  }

  /** Makes one. */
  public void make(CompactionRecord request) throws InterruptedException {
    bucket.putJson(keys.compaction(request.id()), RecordCodec.write(request));
  }

  /** Whether one waits. */
  public boolean waits(String id) throws InterruptedException {
    return bucket.head(keys.compaction(id)).isPresent();
  }

  /** Removes some. */
  public void remove(Collection<CompactionRecord> requests) throws InterruptedException {
    bucket.delete(requests.stream().map(r -> keys.compaction(r.id())).toList());
  }
}
