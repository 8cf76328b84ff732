package io.sluice.cdc.examples.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The notice that all files of a commit can be read.
 *
 * @param pipeline the pipeline's id
 * @param commit its number
 * @param files its files, and those that replace older ones
 */
record PromotedCommit(String pipeline, long commit, List<File> files) {
  private static final Pattern KEY = Pattern.compile("(.*/)?_sluice/[^/]+/promoted/\\d{20}[.]json");
  private static final JsonMapper MAPPER = new JsonMapper();

  PromotedCommit {
    files = List.copyOf(files);
  }

  /** A file of the commit. */
  record File(String database, String table, String key, String dt) {}

  /** Whether an object of that key is a notice. */
  static boolean isOne(String key) {
    return KEY.matcher(key).matches();
  }

  /**
   * Reads one; fields that are not known are ignored.
   *
   * @throws IOException when it is none, or of a newer format
   */
  static PromotedCommit read(byte[] bytes) throws IOException {
    JsonNode json = MAPPER.readTree(bytes);
    if (json.path("format").asInt() != 1) {
      throw new IOException("a notice of format " + json.path("format") + ", and 1 is known");
    }
    List<File> files = new ArrayList<>();
    for (String list : List.of("files", "compacted")) {
      for (JsonNode file : json.path(list)) {
        files.add(
            new File(
                file.path("database").asText(),
                file.path("table").asText(),
                file.path("key").asText(),
                file.path("dt").asText()));
      }
    }
    return new PromotedCommit(json.path("pipeline").asText(), json.path("commit").asLong(), files);
  }
}
