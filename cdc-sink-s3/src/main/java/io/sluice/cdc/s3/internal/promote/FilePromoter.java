package io.sluice.cdc.s3.internal.promote;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.Copies;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.PromotedRecord;
import io.sluice.cdc.s3.internal.record.RecordCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;

/**
 * Promotes the files of one commit. Every step may be repeated by anybody at any time: a copy makes
 * the same object again, and a file whose staged object is gone must be in its final place already.
 * Thread-safe.
 */
public final class FilePromoter {
  private final Bucket temporary;
  private final Bucket target;
  private final Copies copies;
  private final Keys keys;
  private final Executor threads;

  /**
   * Promotes from one bucket to another, which may be the same.
   *
   * @param temporary where files are staged
   * @param target where they go
   * @param keys spells notices
   * @param threads where copies run, several at once
   */
  public FilePromoter(Bucket temporary, Bucket target, Keys keys, Executor threads) {
    this.temporary = temporary;
    this.target = target;
    this.copies = target.copies();
    this.keys = keys;
    this.threads = threads;
  }

  /** Makes every file of the commit readable. */
  public void copy(LogRecord commit) throws InterruptedException {
    CompletionService<Void> running = new ExecutorCompletionService<>(threads);
    for (FileEntry file : commit.staged()) {
      running.submit(
          () -> {
            copy(file, commit);
            return null;
          });
    }
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < commit.staged().size(); i++) {
      try {
        running.take().get();
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      }
    }
    if (!failures.isEmpty()) {
      throw failure(failures.get(0), commit);
    }
  }

  /** Tells everybody that the commit is promoted; there is nothing to tell of one without files. */
  public void announce(LogRecord commit, Instant readable) throws InterruptedException {
    if (commit.staged().isEmpty()) {
      return;
    }
    PromotedRecord notice = PromotedRecord.of(commit, readable.toString());
    target.putJson(keys.promoted(commit.commit()), RecordCodec.write(notice));
  }

  /** Removes what is no longer needed. */
  public void clean(LogRecord commit) throws InterruptedException {
    FailPoint.BEFORE_STAGED_DELETE.pass();
    temporary.delete(commit.staged().stream().map(FileEntry::temporaryKey).toList());
  }

  private void copy(FileEntry file, LogRecord commit) throws InterruptedException {
    String crc = file.checksum().substring(file.checksum().indexOf(':') + 1);
    Copies.Expected expected = new Copies.Expected(file.bytes(), crc, file.md5());
    if (!copies.copy(temporary, file.temporaryKey(), file.key(), expected)
        && !copies.isThere(file.key(), expected)) {
      throw new StateException(
          "Commit "
              + commit.commit()
              + " of pipeline "
              + commit.pipeline()
              + " lists the staged file s3://"
              + temporary.name()
              + "/"
              + file.temporaryKey()
              + ", which is gone, and s3://"
              + target.name()
              + "/"
              + file.key()
              + " is not there either or is another file",
          "Restore the staged object from a version of it, or put the file of "
              + file.bytes()
              + " bytes in its final place, then start again. Make sure that no lifecycle rule removes objects below"
              + " s3.temporary in less than a few days");
    }
    FailPoint.BETWEEN_PROMOTED_FILES.pass();
  }

  private static CdcException failure(Throwable cause, LogRecord commit)
      throws InterruptedException {
    if (cause instanceof CdcException known) {
      return known;
    }
    if (cause instanceof InterruptedException) {
      throw new InterruptedException("during the promotion of commit " + commit.commit());
    }
    return new SinkException(
        "Commit " + commit.commit() + " could not be promoted: " + cause,
        "The commit stands; start again and it is promoted",
        cause);
  }
}
