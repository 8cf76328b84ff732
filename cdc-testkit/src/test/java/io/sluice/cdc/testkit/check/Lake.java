package io.sluice.cdc.testkit.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cdc.testkit.DisposableS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A final location that is written by hand: files by DuckDB, records by Jackson. Nothing of Sluice
 * is in it.
 */
final class Lake implements AutoCloseable {
  static final String BUCKET = "lake";
  static final String PIPELINE = "p";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final S3Client s3;
  private final String prefix;
  private final Connection duck;
  private long commit;
  private long last;

  Lake(DisposableS3 server, S3Client s3, String prefix) throws SQLException {
    server.createBucket(BUCKET);
    this.s3 = s3;
    this.prefix = prefix;
    this.duck = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone = 'UTC'");
  }

  String location() {
    return "s3://" + BUCKET + "/" + prefix;
  }

  void claim() {
    put(record("claim"));
  }

  Commit commit() {
    return new Commit(record("commit"));
  }

  private ObjectNode record(String kind) {
    return JSON.createObjectNode()
        .put("format", 1)
        .put("kind", kind)
        .put("commit", ++commit)
        .put("writer", "hand");
  }

  String logKey(long number) {
    return String.format(Locale.ROOT, "%s/_sluice/%s/log/%020d.json", prefix, PIPELINE, number);
  }

  private void put(ObjectNode record) {
    String body = record.toString().substring(0, record.toString().length() - 1);
    String all =
        body + ",\"checksum\":\"" + crc((body + "}").getBytes(StandardCharsets.UTF_8)) + "\"}";
    put(logKey(record.get("commit").asLong()), all.getBytes(StandardCharsets.UTF_8));
  }

  private static String crc(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return String.format(Locale.ROOT, "crc32c:%08x", crc.getValue());
  }

  void put(String key, byte[] content) {
    s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
  }

  void delete(String key) {
    s3.deleteObject(r -> r.bucket(BUCKET).key(key));
  }

  /** The final key of a file of a table. */
  String key(String table, String name) {
    return prefix + "/shop/" + table + "/dt=2024-01-01/" + name + ".parquet";
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    duck.close();
  }

  /** A commit in the making. */
  final class Commit {
    private final ObjectNode record;
    private final ArrayNode files;
    private final ArrayNode schemas;
    private long first;
    private long end;

    private Commit(ObjectNode record) {
      this.record = record;
      this.files = record.putArray("files");
      this.schemas = record.putArray("schemas");
      this.end = last;
    }

    /**
     * Tells a table's structure; columns are names, the key's first; {@code name:TEXT} says how it
     * is carried.
     */
    Commit schema(String table, int version, int keyColumns, String... columns) {
      ObjectNode schema =
          schemas.addObject().put("version", version).put("database", "shop").put("table", table);
      ArrayNode all = schema.putArray("columns");
      ArrayNode key = schema.putArray("key");
      for (int i = 0; i < columns.length; i++) {
        String[] parts = (columns[i] + ":INT32").split(":");
        all.addObject().put("name", parts[0]).put("logical", parts[1]).put("nullable", true);
        if (i < keyColumns) {
          key.add(columns[i]);
        }
      }
      return this;
    }

    /** Takes a view with the next sequence. */
    Commit view() {
      use(last + 1);
      record
          .putObject("load")
          .putArray("newViews")
          .addObject()
          .put("number", 1)
          .put("sequence", last + 1);
      return this;
    }

    /**
     * A file with the rows of a query, whose columns {@code _cdc_op} and {@code _cdc_seq} are among
     * them.
     */
    Commit file(String table, String kind, String name, String query)
        throws SQLException, IOException {
      return file(table, kind, name, query, 1);
    }

    Commit file(String table, String kind, String name, String query, int schema)
        throws SQLException, IOException {
      Path file = Files.createTempFile("lake", ".parquet");
      execute(
          "COPY (SELECT * REPLACE (_cdc_seq::BIGINT AS _cdc_seq), TIMESTAMPTZ '2024-01-01 00:00:00+00' AS _cdc_ts,"
              + " 'tx' AS _cdc_tx FROM ("
              + query
              + ")) TO '"
              + file
              + "' (FORMAT parquet)");
      byte[] content = Files.readAllBytes(file);
      put(key(table, name), content);
      ObjectNode entry =
          files.addObject().put("database", "shop").put("table", table).put("kind", kind);
      entry
          .put("key", key(table, name))
          .put("bytes", content.length)
          .put("schema", schema)
          .put("checksum", crc(content));
      describe(entry, file, kind);
      Files.delete(file);
      return this;
    }

    private void describe(ObjectNode entry, Path file, String kind) throws SQLException {
      try (Statement statement = duck.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT count(*), min(_cdc_seq), max(_cdc_seq) FROM '" + file + "'")) {
        row.next();
        entry
            .put("rows", row.getLong(1))
            .put("firstSequence", row.getLong(2))
            .put("lastSequence", row.getLong(3));
        if (kind.equals("change")) {
          use(row.getLong(2));
          use(row.getLong(3));
        }
      }
    }

    private void use(long sequence) {
      first = first == 0 ? last + 1 : first;
      end = Math.max(end, sequence);
    }

    /** Changes a field of the file that was added last. */
    Commit lie(String field, long value) {
      ((ObjectNode) files.get(files.size() - 1)).put(field, value);
      return this;
    }

    /** Makes it a commit whose files take the place of others; it uses no number. */
    Commit replacing(String... keys) {
      record.put("format", 2).set("compacted", files.deepCopy());
      ArrayNode replaced = record.putArray("replaced");
      for (String key : keys) {
        replaced.add(key);
      }
      files.removeAll();
      first = 0;
      end = last;
      return this;
    }

    void done() {
      last = end;
      put(record.put("firstSequence", first).put("lastSequence", end));
    }
  }
}
