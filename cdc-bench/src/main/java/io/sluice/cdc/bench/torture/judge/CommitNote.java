package io.sluice.cdc.bench.torture.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the judge takes from a record of the commit log.
 *
 * @param number the commit
 * @param lastSequence the last sequence number used up to it
 * @param inside whether a transaction goes on after it
 * @param files what it holds
 * @param compacted files that hold older rows once more
 * @param replaced keys of the files whose place those take
 * @param views the GTID sets of views that it brings
 */
record CommitNote(
    long number,
    long lastSequence,
    boolean inside,
    List<File> files,
    List<File> compacted,
    List<String> replaced,
    List<String> views) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A file of a commit. */
  record File(String table, boolean load, String key, long rows, long bytes, String checksum) {}

  static CommitNote parse(byte[] record) throws IOException {
    JsonNode json = JSON.readTree(record);
    List<String> replaced = new ArrayList<>();
    json.path("replaced").forEach(key -> replaced.add(key.asText()));
    List<String> views = new ArrayList<>();
    for (JsonNode view : json.path("load").path("newViews")) {
      views.add(view.path("position").path("gtidSet").asText());
    }
    return new CommitNote(
        json.path("commit").asLong(),
        json.path("lastSequence").asLong(),
        json.path("endsInsideTransaction").asBoolean(),
        files(json.path("files")),
        files(json.path("compacted")),
        replaced,
        views);
  }

  private static List<File> files(JsonNode list) {
    List<File> files = new ArrayList<>();
    for (JsonNode f : list) {
      files.add(
          new File(
              f.path("table").asText(),
              f.path("kind").asText().equals("load"),
              f.path("key").asText(),
              f.path("rows").asLong(),
              f.path("bytes").asLong(),
              f.path("checksum").asText()));
    }
    return files;
  }

  /** Every file that it lists. */
  Stream<File> all() {
    return Stream.concat(files.stream(), compacted.stream());
  }

  /** The name of the object that holds the record of a commit. */
  static String objectName(long number) {
    return String.format(Locale.ROOT, "%020d.json", number);
  }
}
