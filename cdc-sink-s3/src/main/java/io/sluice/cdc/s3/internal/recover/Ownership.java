package io.sluice.cdc.s3.internal.recover;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.PutResult;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.OwnerRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.util.Optional;

/** Keeps pipelines out of each other's prefixes: the first one to come writes its name there. */
public final class Ownership {
  private static final int ATTEMPTS = 8;
  private static final long WAIT_MILLIS = 250;

  private final OwnerRecord own;

  /** Of this pipeline, whose final location is written as configured. */
  public Ownership(String pipeline, String finalLocation) {
    this.own = new OwnerRecord(LogRecord.FORMAT, pipeline, finalLocation);
  }

  void claimFinal(Bucket bucket, String key) throws InterruptedException {
    requireOwn(owner(bucket, key), bucket, key);
  }

  /** As {@link #claimFinal}, but leaves a prefix without an owner as it is. */
  public void lookAtFinal(Bucket bucket, String key) throws InterruptedException {
    Optional<byte[]> there = CommitLog.intact(bucket, key);
    if (there.isPresent()) {
      requireOwn(read(there.get(), bucket, key), bucket, key);
    }
  }

  private void requireOwn(OwnerRecord owner, Bucket bucket, String key) {
    if (!owner.pipeline().equals(own.pipeline())) {
      throw new StateException(
          "s3.final "
              + own.location()
              + " belongs to pipeline "
              + owner.pipeline()
              + ", as s3://"
              + bucket.name()
              + "/"
              + key
              + " says, and this is pipeline "
              + own.pipeline(),
          "Give each pipeline a prefix of its own in s3.final");
    }
  }

  void claimTemporary(Bucket bucket, String key) throws InterruptedException {
    requireOwnTemporary(owner(bucket, key), bucket, key);
  }

  /** As {@link #claimTemporary}, but leaves a prefix without an owner as it is. */
  public void lookAtTemporary(Bucket bucket, String key) throws InterruptedException {
    bucket.list(key, ""); // a missing bucket says so, where a missing object would not
    Optional<byte[]> there = CommitLog.intact(bucket, key);
    if (there.isPresent()) {
      requireOwnTemporary(read(there.get(), bucket, key), bucket, key);
    }
  }

  private void requireOwnTemporary(OwnerRecord owner, Bucket bucket, String key) {
    if (!owner.location().equals(own.location())) {
      throw new StateException(
          "The part of s3.temporary that belongs to pipeline "
              + own.pipeline()
              + " is used by the one that writes to "
              + owner.location()
              + ", as s3://"
              + bucket.name()
              + "/"
              + key
              + " says, and this one writes to "
              + own.location(),
          "Use another pipeline id or another prefix in s3.temporary; if the final files were moved, stop the pipeline"
              + " and delete that object");
    }
  }

  private OwnerRecord owner(Bucket bucket, String key) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Optional<byte[]> there = CommitLog.intact(bucket, key);
      if (there.isPresent()) {
        return read(there.get(), bucket, key);
      }
      PutResult result = bucket.putIfAbsent(key, RecordCodec.write(own));
      if (result instanceof PutResult.Stored) {
        return own;
      }
      if (result instanceof PutResult.Refused refused) {
        throw refused.cause();
      }
      if (attempt == ATTEMPTS && result instanceof PutResult.Doubtful doubtful) {
        throw doubtful.cause();
      }
      Thread.sleep(WAIT_MILLIS * attempt);
    }
  }

  private static OwnerRecord read(byte[] bytes, Bucket bucket, String key) {
    return RecordCodec.read(bytes, "s3://" + bucket.name() + "/" + key, OwnerRecord.class);
  }
}
