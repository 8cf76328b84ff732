package io.sluice.cdc.testkit.internal.check;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All records of one pipeline, read anew from the bucket. */
final class CommitLog {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final String FORM = "\\d{20}\\.json";
  private static final int FORMAT = 1;

  /** Of records that compact. */
  private static final int FORMAT_COMPACTED = 2;

  private final List<LogRecord> records;

  private CommitLog(List<LogRecord> records) {
    this.records = records;
  }

  /** Reads the records; a hole, a name or a content that is not one is a finding. */
  static CommitLog read(Bucket bucket, Location place, String pipeline, Findings findings) {
    String folder = place.prefix() + "_sluice/" + pipeline + "/log/";
    List<LogRecord> records = new ArrayList<>();
    long last = 0;
    for (String key : bucket.list(folder).keySet()) {
      String name = key.substring(folder.length());
      if (!name.matches(FORM)) {
        findings.add(key, "a name of 20 digits and .json in the commit log", "this object");
        continue;
      }
      long number = Long.parseLong(name.substring(0, 20));
      if (number != last + 1 && !(last == 0 && number == 0)) {
        findings.add(
            folder,
            "record " + (last + 1) + " of the commit log",
            "a hole before record " + number);
      }
      last = number;
      parse(bucket, key, number, findings, records);
    }
    if (records.isEmpty()) {
      findings.add(folder, "a commit log", "no record; is the pipeline's id right?");
    }
    return new CommitLog(records);
  }

  private static void parse(
      Bucket bucket, String key, long number, Findings findings, List<LogRecord> records) {
    try {
      byte[] content = bucket.read(key);
      LogRecord record = JSON.readValue(content, LogRecord.class);
      if (!Crc.isIntact(content)) {
        findings.add(key, "the checksum of its content at its end", "another, or none");
      }
      int format = record.replaced().isEmpty() ? FORMAT : FORMAT_COMPACTED;
      if (record.format() != format) {
        findings.add(key, "format " + format, "format " + record.format());
      } else if (record.commit() != number) {
        findings.add(
            key, "the number " + number + " inside the record", "the number " + record.commit());
      } else {
        records.add(record);
      }
    } catch (IOException e) {
      findings.add(key, "a record of the commit log", "unreadable content: " + e.getMessage());
    }
  }

  List<LogRecord> records() {
    return records;
  }

  /** How many records are of the kind. */
  long count(String kind) {
    return records.stream().filter(r -> r.kind().equals(kind)).count();
  }

  /** Every table that a record names, in order. */
  Set<TableId> tables() {
    Set<TableId> tables = new TreeSet<>();
    for (LogRecord record : records) {
      record.schemas().forEach(s -> tables.add(s.tableId()));
      record.files().forEach(f -> tables.add(f.tableId()));
    }
    return tables;
  }

  /** The files of a table that no other has replaced, in the order of the commits. */
  List<LogFile> files(TableId table) {
    Set<String> replaced = replaced();
    return records.stream()
        .flatMap(r -> Stream.concat(r.files().stream(), r.compacted().stream()))
        .filter(f -> f.tableId().equals(table) && !replaced.contains(f.key()))
        .toList();
  }

  /** Keys of files that compactions have replaced; whether they are still there is no matter. */
  Set<String> replaced() {
    return records.stream().flatMap(r -> r.replaced().stream()).collect(Collectors.toSet());
  }

  /** The structures of a table by version. */
  TreeMap<Integer, LogSchema> schemas(TableId table) {
    TreeMap<Integer, LogSchema> schemas = new TreeMap<>();
    for (LogRecord record : records) {
      for (LogSchema schema : record.schemas()) {
        if (schema.tableId().equals(table)) {
          schemas.put(schema.version(), schema);
        }
      }
    }
    return schemas;
  }

  /** Files by the key of their object; a key that is listed twice is a finding. */
  Map<String, LogFile> filesByKey(Location place, Findings findings) {
    Map<String, LogFile> files = new TreeMap<>();
    for (LogRecord record : records) {
      for (LogFile file :
          Stream.concat(record.files().stream(), record.compacted().stream()).toList()) {
        if (files.put(place.keyOf(file.key()), file) != null) {
          findings.add(
              file.key(),
              "to be listed by one commit",
              "that commit " + record.commit() + " lists it again");
        }
      }
    }
    return files;
  }

  /** The numbers that views took. */
  Set<Long> viewSequences() {
    Set<Long> sequences = new LinkedHashSet<>();
    records.forEach(r -> r.newViews().forEach(v -> sequences.add(v.sequence())));
    return sequences;
  }

  /** The last number that the log says was used. */
  long lastSequence() {
    return records.stream().mapToLong(LogRecord::lastSequence).max().orElse(0);
  }
}
