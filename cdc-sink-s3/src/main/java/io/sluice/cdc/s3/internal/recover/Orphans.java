package io.sluice.cdc.s3.internal.recover;

import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.MultipartUploads;
import io.sluice.cdc.s3.internal.client.MultipartUploads.Upload;
import io.sluice.cdc.s3.internal.key.Keys;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what older writers staged and never committed. Called when every commit is promoted;
 * nothing of this epoch or a later one is touched, whoever runs this.
 */
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  private Orphans() {}

  static void remove(Bucket temporary, Keys keys, long epoch) throws InterruptedException {
    MultipartUploads uploads = temporary.uploads();
    int aborted = 0;
    for (Upload upload : uploads.list(keys.stagedPrefix())) {
      if (isOlder(keys, upload.key(), epoch)) {
        uploads.abort(upload);
        aborted++;
      }
    }
    List<String> files =
        temporary.list(keys.stagedPrefix(), "").stream()
            .filter(key -> isOlder(keys, key, epoch))
            .toList();
    temporary.delete(files);
    if (aborted > 0 || !files.isEmpty()) {
      LOG.info(
          "Removed {} staged files and {} uploads that were never committed",
          files.size(),
          aborted);
    }
  }

  private static boolean isOlder(Keys keys, String key, long epoch) {
    long of = keys.epochOf(key);
    return of >= 0 && of < epoch;
  }
}
