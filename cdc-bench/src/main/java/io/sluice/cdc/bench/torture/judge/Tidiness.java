package io.sluice.cdc.bench.torture.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * What may be left in the buckets after a pipeline has ended as asked: nothing that was staged, no
 * upload that is open.
 */
public final class Tidiness {
  private Tidiness() {}

  /**
   * Looks at the temporary prefix of one pipeline and at the open uploads of both buckets.
   *
   * @return what should not be there
   */
  public static List<String> check(
      S3Store target, String finalPrefix, S3Store temporary, String temporaryPrefix) {
    List<String> complaints = new ArrayList<>();
    for (String key : temporary.list(temporaryPrefix).keySet()) {
      if (!key.endsWith("/owner.json")) {
        complaints.add("left in the temporary bucket: " + key);
      }
    }
    temporary
        .openUploads(temporaryPrefix)
        .forEach(key -> complaints.add("upload left open in the temporary bucket: " + key));
    target
        .openUploads(finalPrefix)
        .forEach(key -> complaints.add("upload left open in the final bucket: " + key));
    return complaints;
  }
}
