package io.sluice.cdc.s3.internal.key;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.SinkException;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableName;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Spells every key. Prefixes come without a slash at either end; an empty one is the whole bucket.
 */
public final class Keys {
  private static final int MAX_KEY_BYTES = 1024;
  private static final int READABLE_CHARS = 40;

  /** So many records of the log are in a segment. */
  public static final long SEGMENT_RECORDS = 1000;

  private final String pipeline;
  private final String finalRoot;
  private final String stateRoot;
  private final String temporaryRoot;

  /** For one pipeline. */
  public Keys(String finalPrefix, String temporaryPrefix, PipelineId pipeline) {
    this.pipeline = pipeline.value();
    this.finalRoot = root(finalPrefix);
    this.stateRoot = finalRoot + "_sluice/" + pipeline.value() + "/";
    this.temporaryRoot = root(temporaryPrefix) + pipeline.value() + "/";
  }

  /** The pipeline's id. */
  public String pipeline() {
    return pipeline;
  }

  /** Names the pipeline that the final prefix belongs to. */
  public String finalOwner() {
    return finalRoot + "_sluice/owner.json";
  }

  /** Names the final prefix that this pipeline's part of the temporary prefix belongs to. */
  public String temporaryOwner() {
    return temporaryRoot + "owner.json";
  }

  /** A key to try conditional requests on. */
  public String probe(String writer) {
    return stateRoot + "probe/" + writer;
  }

  /** Where all records of the log begin. */
  public String logPrefix() {
    return stateRoot + "log/";
  }

  /** A record of the log. */
  public String log(long commit) {
    return logPrefix() + number(commit) + ".json";
  }

  /** Where all segments of the log begin. */
  public String segmentPrefix() {
    return stateRoot + "segment/";
  }

  /** The copy of the records up to this one, the number of the last. */
  public String segment(long last) {
    return segmentPrefix() + number(last) + ".jsonl.gz";
  }

  /** The number of the last record in the key of a segment, or -1 when it is not one. */
  public static long segmentOf(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    long last = name.matches("\\d{20}\\.jsonl\\.gz") ? Long.parseLong(name.substring(0, 20)) : -1;
    return last > 0 && last % SEGMENT_RECORDS == 0 ? last : -1;
  }

  /** Where all checkpoints begin. */
  public String checkpointPrefix() {
    return stateRoot + "checkpoint/";
  }

  /** The state after a commit. */
  public String checkpoint(long commit) {
    return checkpointPrefix() + number(commit) + ".json";
  }

  /** Where all notices of promoted commits begin. */
  public String promotedPrefix() {
    return stateRoot + "promoted/";
  }

  /** The notice that a commit is promoted. */
  public String promoted(long commit) {
    return promotedPrefix() + number(commit) + ".json";
  }

  /** Where all requests to load a table again begin. */
  public String reloadPrefix() {
    return stateRoot + "reload/";
  }

  /** The request to load a table again. */
  public String reload(TableName table) {
    return reloadPrefix() + Names.escape(table.database()) + "/" + Names.escape(table.table());
  }

  /** The table that the key of a request names, or nothing when it is not one. */
  public Optional<TableName> reloadOf(String key) {
    String[] parts = key.substring(reloadPrefix().length()).split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      return Optional.empty();
    }
    TableName table = new TableName(Names.unescape(parts[0]), Names.unescape(parts[1]));
    return reload(table).equals(key) ? Optional.of(table) : Optional.empty();
  }

  /** Where all requests to compact begin. */
  public String compactionPrefix() {
    return stateRoot + "compaction/";
  }

  /** A request to compact. */
  public String compaction(String id) {
    return compactionPrefix() + id + ".json";
  }

  /** Where all files begin that wait for a request to compact. */
  public String compactedPrefix() {
    return temporaryRoot + "compact/";
  }

  /** A file that waits for the request of this id. */
  public String compacted(String id) {
    return compactedPrefix() + id + ".parquet";
  }

  /** The id in the key of a file that waits for a request, or nothing when it is not one. */
  public Optional<String> compactedId(String key) {
    String name =
        key.startsWith(compactedPrefix()) ? key.substring(compactedPrefix().length()) : "";
    return name.matches("[0-9a-f-]{36}[.]parquet")
        ? Optional.of(name.substring(0, 36))
        : Optional.empty();
  }

  /** Where the files of a table begin. */
  public String tableFolder(TableName table) {
    return finalRoot + Names.escape(table.database()) + "/" + Names.escape(table.table()) + "/";
  }

  /** The number in a key of the log, a checkpoint or a notice, or -1 when it is not one. */
  public static long numberOf(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return name.matches("\\d{20}\\.json") ? Long.parseLong(name.substring(0, 20)) : -1;
  }

  /** A file in the final place. */
  public String data(TableName table, LocalDate day, long commit, int part, RowBatch.Kind kind) {
    String key =
        String.format(
            Locale.ROOT,
            "%sdt=%s/%s-%05d-%s.parquet",
            tableFolder(table),
            day,
            number(commit),
            part,
            kindOf(kind));
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      throw new SinkException(
          "The files of table "
              + table
              + " would need keys longer than "
              + MAX_KEY_BYTES
              + " bytes: "
              + key,
          "Choose a shorter prefix in s3.final, rename the table, or exclude it");
    }
    return key;
  }

  /** What a row says of the file in which it was committed: {@code <commit>-<file>}. */
  public static String originOf(String dataKey) {
    String name = dataKey.substring(dataKey.lastIndexOf('/') + 1);
    return name.replaceFirst("-(load|change)[.]parquet$", "");
  }

  /** {@code load} or {@code change}. */
  public static String kindOf(RowBatch.Kind kind) {
    return kind == RowBatch.Kind.LOAD ? "load" : "change";
  }

  /** Of {@code load} or {@code change}. */
  public static RowBatch.Kind kindOf(String kind) {
    return kind.equals("load") ? RowBatch.Kind.LOAD : RowBatch.Kind.CHANGE;
  }

  /** Where all staged files of the pipeline begin. */
  public String stagedPrefix() {
    return temporaryRoot;
  }

  /** A staged file; the table's name in it is for people and may be cut short. */
  public String staged(long epoch, long stage, int part, TableName table) {
    String readable = Names.escape(table.table()).replace('%', '~');
    if (readable.length() > READABLE_CHARS) {
      readable = readable.substring(0, readable.offsetByCodePoints(0, READABLE_CHARS / 2));
    }
    return String.format(
        Locale.ROOT, "%s%010d/%08d-%s-%05d.parquet", temporaryRoot, epoch, stage, readable, part);
  }

  /** The epoch in the key of a staged file, or -1 when it is not one. */
  public long epochOf(String key) {
    if (!key.startsWith(temporaryRoot)) {
      return -1;
    }
    String rest = key.substring(temporaryRoot.length());
    return rest.matches("\\d{10}/.*") ? Long.parseLong(rest.substring(0, 10)) : -1;
  }

  private static String root(String prefix) {
    return prefix.isEmpty() ? "" : prefix + "/";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%020d", value);
  }
}
