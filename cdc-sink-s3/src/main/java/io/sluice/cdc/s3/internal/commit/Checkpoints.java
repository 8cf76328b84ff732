package io.sluice.cdc.s3.internal.commit;

import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.CheckpointRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.util.List;
import java.util.Optional;

/** The checkpoints in the bucket; only the newest few are kept. Thread-safe. */
public final class Checkpoints {
  private static final int KEPT = 3;

  private final Bucket bucket;
  private final Keys keys;

  /** In this bucket. */
  public Checkpoints(Bucket bucket, Keys keys) {
    this.bucket = bucket;
    this.keys = keys;
  }

  /** The newest one, or nothing. */
  public Optional<CheckpointRecord> newest() throws InterruptedException {
    List<String> all = list();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    String key = all.get(all.size() - 1);
    return CommitLog.intact(bucket, key)
        .map(
            bytes ->
                RecordCodec.read(
                    bytes, "s3://" + bucket.name() + "/" + key, CheckpointRecord.class));
  }

  /** Stores one and removes those that are too old. */
  public void write(CheckpointRecord checkpoint) throws InterruptedException {
    bucket.putJson(keys.checkpoint(checkpoint.commit()), RecordCodec.write(checkpoint));
    FailPoint.DURING_CHECKPOINT.pass();
    List<String> all = list();
    if (all.size() > KEPT) {
      bucket.delete(all.subList(0, all.size() - KEPT));
    }
  }

  private List<String> list() throws InterruptedException {
    return bucket.list(keys.checkpointPrefix(), "").stream()
        .filter(key -> Keys.numberOf(key) > 0)
        .toList();
  }
}
