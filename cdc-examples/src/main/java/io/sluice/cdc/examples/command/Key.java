package io.sluice.cdc.examples.command;

import static io.sluice.cdc.examples.command.Kind.BYTES;
import static io.sluice.cdc.examples.command.Kind.CHOICE;
import static io.sluice.cdc.examples.command.Kind.DURATION;
import static io.sluice.cdc.examples.command.Kind.FLAG;
import static io.sluice.cdc.examples.command.Kind.NUMBER;
import static io.sluice.cdc.examples.command.Kind.PATTERNS;
import static io.sluice.cdc.examples.command.Kind.RULES;
import static io.sluice.cdc.examples.command.Kind.SECRET;
import static io.sluice.cdc.examples.command.Kind.TEXT;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every key of the configuration file: the one list that the reader and the documentation obey. */
enum Key {
  PIPELINE("pipeline", TEXT, "required", "1 to 64 of a-z A-Z 0-9 _ -"),
  SOURCE_HOST("source.host", TEXT, "required", "name or address"),
  SOURCE_PORT("source.port", NUMBER, "3306", "1 to 65535"),
  SOURCE_USER("source.user", TEXT, "required", "a MySQL user"),
  SOURCE_PASSWORD("source.password", SECRET, "empty", "any"),
  SOURCE_TLS(
      "source.tls",
      CHOICE,
      "preferred",
      "disabled, preferred, required, verify-ca, verify-identity"),
  SOURCE_SERVER_ID("source.serverId", NUMBER, "0", "0 to 4294967295"),
  SOURCE_CONNECT_TIMEOUT("source.connectTimeout", DURATION, "30s", "1ms to 1h"),
  SOURCE_INCLUDE("source.include", PATTERNS, "required", "database.table with * and ?"),
  SOURCE_EXCLUDE("source.exclude", PATTERNS, "none", "database.table with * and ?"),
  LOAD_MODE("load.mode", CHOICE, "initial", "initial, never, only"),
  LOAD_PARALLELISM("load.parallelism", NUMBER, "4", "1 to 64"),
  LOAD_CHUNK_BYTES("load.chunkBytes", BYTES, "128MiB", "64KiB to 16GiB"),
  LOAD_ON_VALUE_CHANGE("load.onValueChange", CHOICE, "reload", "reload, keep, stop"),
  BATCH_MAX_AGE("batch.maxAge", DURATION, "10s", "50ms to 1d"),
  BATCH_MAX_ROWS("batch.maxRows", NUMBER, "1000000", "1 to 1000000000"),
  BATCH_MAX_BYTES("batch.maxBytes", BYTES, "128MiB", "64KiB to 16GiB"),
  TYPES_ZERO_DATES("types.zeroDates", CHOICE, "null", "null, text, fail"),
  TYPES_COLUMNS(
      "types.columns",
      RULES,
      "none",
      "match: database.table.column with * and ?; as: text, boolean or int64"),
  COLUMNS(
      "columns",
      RULES,
      "none",
      "match: database.table.column with * and ?; action: keep, hash, mask, redact, truncate or drop; keep: a number; with: a text"),
  NEW_COLUMNS("newColumns", CHOICE, "keep", "keep, redact, stop"),
  HASH_SECRET("hashSecret", SECRET, "none", "at least 16 characters"),
  S3_REGION("s3.region", TEXT, "required", "a region, e.g. eu-west-1"),
  S3_ENDPOINT("s3.endpoint", TEXT, "Amazon S3", "http:// or https:// address"),
  S3_PATH_STYLE("s3.pathStyle", FLAG, "false", "true, false"),
  S3_FINAL("s3.final", TEXT, "required", "s3://bucket/prefix"),
  S3_TEMPORARY("s3.temporary", TEXT, "required", "s3://bucket/prefix"),
  S3_ACCESS_KEY("s3.accessKey", SECRET, "AWS default chain", "any, together with s3.secretKey"),
  S3_SECRET_KEY("s3.secretKey", SECRET, "AWS default chain", "any, together with s3.accessKey"),
  S3_SESSION_TOKEN("s3.sessionToken", SECRET, "none", "any, together with both keys"),
  S3_RETRY_FOR("s3.retryFor", DURATION, "10m", "1s to 1d"),
  PARQUET_COMPRESSION("parquet.compression", CHOICE, "zstd", "zstd, snappy, gzip, uncompressed"),
  PARQUET_COMPRESSION_LEVEL(
      "parquet.compressionLevel", NUMBER, "the codec's own", "the codec's levels"),
  PARQUET_ROW_GROUP_BYTES("parquet.rowGroupBytes", BYTES, "64MiB", "1MiB to 1GiB"),
  PARQUET_PAGE_BYTES("parquet.pageBytes", BYTES, "1MiB", "8KiB to 64MiB"),
  LIMITS_MEMORY("limits.memory", BYTES, "256MiB", "16MiB to 1024GiB");

  private final String path;
  private final Kind kind;
  private final String defaultText;
  private final String allowed;

  Key(String path, Kind kind, String defaultText, String allowed) {
    this.path = path;
    this.kind = kind;
    this.defaultText = defaultText;
    this.allowed = allowed;
  }

  /** As it is written in the file, sections and names joined by dots. */
  String path() {
    return path;
  }

  Kind kind() {
    return kind;
  }

  /** The default in words, or {@code required}. */
  String defaultText() {
    return defaultText;
  }

  /** What may be given, in words. */
  String allowed() {
    return allowed;
  }

  /** The values of a choice. */
  List<String> choices() {
    return List.of(allowed.split(", "));
  }

  static Optional<Key> named(String path) {
    return Arrays.stream(values()).filter(k -> k.path.equals(path)).findFirst();
  }

  /** Whether keys begin with this name and a dot. */
  static boolean isSection(String name) {
    return Arrays.stream(values()).anyMatch(k -> k.path.startsWith(name + "."));
  }
}
