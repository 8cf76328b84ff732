package io.sluice.cdc.testkit.internal.check;

import java.util.Map;
import java.util.Set;

/** The final prefix against the log: what commits list is there in full, and nothing else is. */
final class Listing {
  private final Map<String, Long> objects;

  private Listing(Map<String, Long> objects) {
    this.objects = objects;
  }

  static Listing check(
      Bucket bucket, Location place, CommitLog log, Tally tally, Findings findings) {
    Map<String, Long> objects = bucket.list(place.prefix());
    Map<String, LogFile> listed = log.filesByKey(place, findings);
    Set<String> replaced = log.replaced();
    for (Map.Entry<String, LogFile> entry : listed.entrySet()) {
      LogFile file = entry.getValue();
      Long size = objects.get(entry.getKey());
      boolean needed = !replaced.contains(file.key());
      if (needed) {
        tally.file(file.bytes());
      }
      if (size == null && !needed) {
        continue;
      }
      if (size == null) {
        findings.add(entry.getKey(), "the file that a commit lists", "no object");
      } else if (size != file.bytes()) {
        findings.add(entry.getKey(), file.bytes() + " bytes", size + " bytes");
      }
    }
    for (String key : objects.keySet()) {
      if (key.endsWith(".parquet") && !listed.containsKey(key)) {
        findings.add(key, "only files that a commit lists", "a file that none lists");
      }
    }
    return new Listing(objects);
  }

  boolean holds(String key) {
    return objects.containsKey(key);
  }
}
