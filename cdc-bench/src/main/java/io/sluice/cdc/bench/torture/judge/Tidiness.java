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
   * Looks at the temporary prefix of one pipeline and at the open uploads of both buckets. A
   * compacted file may wait there for the pipeline as long as its request does.
   *
   * @return what should not be there
   */
  public static List<String> check(
      S3Store target, String finalPrefix, S3Store temporary, String temporaryPrefix) {
    List<String> complaints = new ArrayList<>();
    List<String> requested =
        target.list(finalPrefix).keySet().stream()
            .filter(key -> key.contains("/compaction/"))
            .map(key -> key.replaceAll(".*/compaction/(.*)[.]json", "/compact/$1.parquet"))
            .toList();
    for (String key : temporary.list(temporaryPrefix).keySet()) {
      if (!key.endsWith("/owner.json") && requested.stream().noneMatch(key::endsWith)) {
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
