package io.sluice.cdc.s3.internal.commit;

import io.sluice.cdc.error.CommitUnknownException;
import io.sluice.cdc.error.FencedException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.PutResult;
import io.sluice.cdc.s3.internal.client.RetryPolicy;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The log in the bucket. Appending is the atomic step of a commit. Thread-safe. */
public final class CommitLog {
  private static final int READS = 4;
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Bucket bucket;
  private final Keys keys;
  private final Duration patience;

  /**
   * A log.
   *
   * @param bucket the final one
   * @param keys spells its keys
   * @param patience how long an append is repeated
   */
  public CommitLog(Bucket bucket, Keys keys, Duration patience) {
    this.bucket = bucket;
    this.keys = keys;
    this.patience = patience;
  }

  /** How an append ended. */
  public sealed interface Appended {
    /** The record is in the log. */
    record Stored() implements Appended {}

    /** Another record has the number. */
    record Taken(LogRecord other) implements Appended {}

    /** It is certainly not in the log and never will be. */
    record Refused(SinkException reason) implements Appended {}

    /** It may be in the log, or may get there yet. */
    record Unknown(CommitUnknownException reason) implements Appended {}
  }

  /** Appends a record under its own number. */
  public Appended append(LogRecord record) throws InterruptedException {
    String key = keys.log(record.commit());
    byte[] bytes = RecordCodec.write(record);
    long deadline = System.nanoTime() + patience.toNanos();
    SinkException doubt = null;
    for (int attempt = 1; ; attempt++) {
      PutResult result = bucket.putIfAbsent(key, bytes);
      if (result instanceof PutResult.Stored) {
        return new Appended.Stored();
      }
      if (result instanceof PutResult.Exists) {
        return whose(record, doubt);
      }
      if (result instanceof PutResult.Refused refused) {
        return doubt == null ? new Appended.Refused(refused.cause()) : resolve(record, doubt);
      }
      SinkException cause = cause(result);
      doubt = result instanceof PutResult.Doubtful ? cause : doubt;
      if (System.nanoTime() > deadline) {
        return doubt == null ? new Appended.Refused(cause) : resolve(record, doubt);
      }
      Thread.sleep(waitAfter(attempt));
    }
  }

  /** The record of a number, or nothing when the log ends before it. */
  public Optional<LogRecord> read(long commit) throws InterruptedException {
    String key = keys.log(commit);
    Optional<byte[]> bytes = intact(bucket, key);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    LogRecord record = RecordCodec.read(bytes.get(), place(key), LogRecord.class);
    if (record.commit() != commit) {
      throw new StateException(
          place(key) + " holds the record of commit " + record.commit(),
          "Nothing was changed. Restore the object from a version of it or from a backup");
    }
    return Optional.of(record);
  }

  /** Reads an object with a checksum; a copy that was damaged on its way is fetched again. */
  public static Optional<byte[]> intact(Bucket bucket, String key) throws InterruptedException {
    Optional<byte[]> bytes = bucket.get(key);
    for (int read = 1;
        read < READS && bytes.isPresent() && !RecordCodec.intact(bytes.get());
        read++) {
      bytes = bucket.get(key);
    }
    return bytes;
  }

  /** What a writer learns whose number another has taken. */
  public static FencedException fenced(LogRecord own, LogRecord other) {
    return new FencedException(
        "Pipeline "
            + own.pipeline()
            + " was taken over: epoch "
            + other.epoch()
            + " belongs to process "
            + other.writer().pid()
            + " on host "
            + other.writer().host()
            + " since "
            + other.writer().since()
            + ", and it holds commit "
            + other.commit()
            + "; this process has epoch "
            + own.epoch()
            + " and has committed nothing after "
            + (own.commit() - 1),
        "Let one process run for each pipeline: stop the other one and start this one again, or leave this one"
            + " stopped");
  }

  private Appended whose(LogRecord own, @Nullable SinkException doubt) throws InterruptedException {
    try {
      Optional<LogRecord> stored = read(own.commit());
      if (stored.isEmpty()) {
        return unknown(own, doubt);
      }
      boolean mine = stored.get().writer().id().equals(own.writer().id());
      return mine ? new Appended.Stored() : new Appended.Taken(stored.get());
    } catch (SinkException | StateException e) {
      return unknown(own, e);
    }
  }

  private Appended resolve(LogRecord own, SinkException doubt) throws InterruptedException {
    RetryPolicy brief = new RetryPolicy(READS, FIRST_WAIT, LONGEST_WAIT, patience.dividedBy(4));
    return new CommitLog(bucket.with(brief), keys, patience).whose(own, doubt);
  }

  private Appended unknown(LogRecord own, @Nullable Exception cause) {
    return new Appended.Unknown(
        new CommitUnknownException(
            "The commit outcome is unknown: commit "
                + own.commit()
                + " of pipeline "
                + own.pipeline()
                + " was sent to "
                + place(keys.log(own.commit()))
                + " at "
                + bucket.endpoint()
                + ", no answer came, and it cannot be read back"
                + (cause == null ? "" : ": " + cause.getMessage()),
            "Nothing was deleted. Check that the S3 endpoint can be reached and start again: the start finds out"
                + " whether the commit stands and goes on from there",
            cause));
  }

  private String place(String key) {
    return "s3://" + bucket.name() + "/" + key;
  }

  private static SinkException cause(PutResult result) {
    if (result instanceof PutResult.Doubtful doubtful) {
      return doubtful.cause();
    }
    return ((PutResult.Conflict) result).cause();
  }

  private static long waitAfter(int attempt) {
    long cap = LONGEST_WAIT.toMillis();
    long full = attempt > 10 ? cap : Math.min(cap, FIRST_WAIT.toMillis() << (attempt - 1));
    return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
  }
}
