package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.MultipartUploads;
import io.sluice.cdc.s3.internal.key.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what compactions that died have staged. A file with a request may be committed at any
 * time, and one of a commit that is not promoted is needed: neither is touched. Used by one thread.
 */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** Between the staging of a file and its request are seconds. */
  private static final Duration FORSAKEN = Duration.ofDays(1);

  private final Bucket temporary;
  private final Keys keys;
  private final List<String> found;

  /** Looks what is staged; to be called before requests and the log are read. */
  Leftovers(Bucket temporary, Keys keys) throws InterruptedException {
    this.temporary = temporary;
    this.keys = keys;
    this.found = temporary.list(keys.compactedPrefix(), "");
  }

  /**
   * Removes what nobody needs.
   *
   * @param requested ids of requests that waited after the look
   * @param commits the commit of each staged file that the log has
   * @param promotions tells which commits are promoted
   */
  void remove(Set<String> requested, Map<String, Long> commits, Deletion promotions, Instant now)
      throws InterruptedException {
    List<String> forsaken = new ArrayList<>();
    for (String key : found) {
      Long commit = commits.get(key);
      boolean waits = keys.compactedId(key).filter(requested::contains).isPresent();
      boolean over = commit == null ? isOld(key, now) : promotions.promoted(commit).isPresent();
      if (!waits && over) {
        forsaken.add(key);
      }
    }
    temporary.delete(forsaken);
    int aborted = abort(now);
    if (!forsaken.isEmpty() || aborted > 0) {
      LOG.info(
          "Removed {} staged files and {} uploads of compactions that died",
          forsaken.size(),
          aborted);
    }
  }

  private int abort(Instant now) throws InterruptedException {
    int aborted = 0;
    MultipartUploads uploads = temporary.uploads();
    for (MultipartUploads.Upload upload : uploads.list(keys.compactedPrefix())) {
      if (upload.begun().plus(FORSAKEN).isBefore(now)) {
        uploads.abort(upload);
        aborted++;
      }
    }
    return aborted;
  }

  private boolean isOld(String key, Instant now) throws InterruptedException {
    return temporary
        .head(key)
        .filter(object -> object.lastModified().plus(FORSAKEN).isBefore(now))
        .isPresent();
  }
}
