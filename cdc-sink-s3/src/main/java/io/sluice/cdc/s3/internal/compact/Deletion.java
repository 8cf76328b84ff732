package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.PromotedRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Deletes files that others have replaced, some time after those could be read. The last one of a
 * commit goes last, so that one look tells whether all are gone. Used by one thread.
 */
final class Deletion {
  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

  private final Bucket target;
  private final Keys keys;
  private final CommitLog log;
  private int files;

  Deletion(Bucket target, Keys keys, CommitLog log) {
    this.target = target;
    this.keys = keys;
    this.log = log;
  }

  /** Files deleted so far. */
  int files() {
    return files;
  }

  /** Deletes what a commit replaced, if it may go by now; returns whether it waits. */
  boolean waits(Catalogue.Compacted commit, CompactionRules rules) throws InterruptedException {
    if (target.head(commit.lastReplaced()).isEmpty()) {
      return false;
    }
    Optional<Instant> readable = promoted(commit.commit());
    if (readable.isEmpty() || readable.get().plus(rules.keep()).isAfter(rules.now())) {
      return true;
    }
    Optional<LogRecord> record = log.read(commit.commit());
    if (record.isPresent() && isWhole(record.get())) {
      List<String> old = record.get().replaced();
      int last = old.size() - 1;
      target.delete(old.subList(0, last));
      FailPoint.DURING_REPLACED_DELETE.pass();
      target.delete(List.of(old.get(last)));
      files += old.size();
    }
    return false;
  }

  /** When the files of a commit could be read, or nothing while they cannot. */
  Optional<Instant> promoted(long commit) throws InterruptedException {
    String key = keys.promoted(commit);
    return CommitLog.intact(target, key)
        .map(
            bytes ->
                RecordCodec.read(bytes, "s3://" + target.name() + "/" + key, PromotedRecord.class))
        .map(notice -> Instant.parse(notice.time()));
  }

  private boolean isWhole(LogRecord record) throws InterruptedException {
    for (FileEntry file : record.compacted()) {
      Optional<HeadObjectResponse> there = target.head(file.key());
      if (there.isEmpty() || there.get().contentLength() != file.bytes()) {
        LOG.warn(
            "The files that commit {} replaced are kept: s3://{}/{} is not there as it was written",
            record.commit(),
            target.name(),
            file.key());
        return false;
      }
    }
    return true;
  }
}
