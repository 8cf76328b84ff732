package io.sluice.cdc.s3;

import io.sluice.cdc.s3.internal.client.Clients;
import io.sluice.cdc.testkit.DisposableS3;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Two fresh buckets on the shared server, and what is in them. */
final class Lake {
  private static final DisposableS3 SERVER = DisposableS3.open();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final String finalBucket;
  final String temporaryBucket;

  Lake() {
    this("lake-" + NUMBER.incrementAndGet());
  }

  Lake(String name) {
    finalBucket = name;
    temporaryBucket = name + "-tmp";
    SERVER.createBucket(finalBucket);
    SERVER.createBucket(temporaryBucket);
  }

  static DisposableS3 server() {
    return SERVER;
  }

  S3SinkBuilder builder() {
    return builder(SERVER.endpoint());
  }

  S3SinkBuilder builder(URI endpoint) {
    return S3Sink.builder()
        .region(SERVER.region())
        .endpoint(endpoint)
        .pathStyle(true)
        .credentials(SERVER.accessKey(), SERVER.secretKey())
        .finalLocation("s3://" + finalBucket + "/raw")
        .temporaryLocation("s3://" + temporaryBucket + "/sluice")
        .retryFor(Duration.ofSeconds(20));
  }

  S3Sink sink() {
    return builder().build();
  }

  Path finalFolder() {
    return SERVER.bucketFolder(finalBucket).orElseThrow();
  }

  Path temporaryFolder() {
    return SERVER.bucketFolder(temporaryBucket).orElseThrow();
  }

  /** Keys in the final bucket without those of the pipeline's state. */
  List<String> data() {
    return keys(finalFolder()).stream().filter(k -> !k.startsWith("raw/_sluice/")).toList();
  }

  /** Keys below the state of the pipeline, e.g. {@code log}. */
  List<String> state(String kind) {
    String prefix = "raw/_sluice/shop/" + kind + "/";
    return keys(finalFolder()).stream()
        .filter(k -> k.startsWith(prefix))
        .map(k -> k.substring(prefix.length()))
        .toList();
  }

  /** Keys of staged files. */
  List<String> staged() {
    return keys(temporaryFolder()).stream().filter(k -> k.endsWith(".parquet")).toList();
  }

  /** A client of the server, to be closed. */
  static S3Client client() {
    return Clients.create(
        SERVER.region(),
        SERVER.endpoint(),
        true,
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(SERVER.accessKey(), SERVER.secretKey())));
  }

  /** Uploads under way in the temporary bucket. */
  List<String> uploads() {
    try (S3Client client = client()) {
      return client.listMultipartUploads(r -> r.bucket(temporaryBucket)).uploads().stream()
          .map(MultipartUpload::key)
          .toList();
    }
  }

  /** Runs SQL in which {@code {}} stands for all data files of a table. */
  List<String> query(String sql, String database, String table) {
    Path files = finalFolder().resolve("raw").resolve(database).resolve(table);
    String list = "read_parquet('" + files + "/*/*.parquet', union_by_name = true)";
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet result = duck.createStatement().executeQuery(sql.replace("{}", list))) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", row));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  /** Keys of a bucket; objects may come and go meanwhile. */
  static List<String> keys(Path bucket) {
    List<String> keys = new ArrayList<>();
    collect(bucket.toFile(), "", keys);
    keys.sort(null);
    return keys;
  }

  private static void collect(File folder, String prefix, List<String> keys) {
    File[] entries = folder.listFiles();
    for (File entry : entries == null ? new File[0] : entries) {
      if (entry.isDirectory()) {
        collect(entry, prefix + entry.getName() + "/", keys);
      } else {
        keys.add(prefix + entry.getName());
      }
    }
  }
}
