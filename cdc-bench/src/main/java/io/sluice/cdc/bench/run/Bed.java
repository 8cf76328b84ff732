package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.Options;
import io.sluice.cdc.bench.child.Settings;
import io.sluice.cdc.bench.data.Sql;
import io.sluice.cdc.bench.jvm.ClassArchive;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The servers, and what everything that is measured is told of them. Owns both servers. */
public final class Bed implements AutoCloseable {
  private static final String FINAL = "bench-final";
  private static final String TEMPORARY = "bench-temporary";

  private final TestServers servers;
  private final Options options;
  private final Path work;
  private final ClassArchive classes;

  private Bed(TestServers servers, Options options, Path work, ClassArchive classes) {
    this.servers = servers;
    this.options = options;
    this.work = work;
    this.classes = classes;
  }

  /** Starts both servers. */
  public static Bed open(Options options) throws IOException {
    Path work = Files.createTempDirectory("sluice-bench");
    TestServers servers =
        TestServers.open(
            DisposableMySql.builder()
                .options(
                    // All data fit, and making them must not take longer than measuring: no figure
                    // depends on the disk.
                    "--innodb-buffer-pool-size=" + (options.small() ? "512M" : "3G"),
                    "--innodb-log-file-size=512M",
                    "--innodb-flush-log-at-trx-commit=0",
                    "--innodb-doublewrite=0",
                    "--sync-binlog=0",
                    "--max-binlog-size=1G",
                    "--max-allowed-packet=1G",
                    "--binlog-cache-size=4M"));
    begin(servers);
    servers.s3().createBucket(FINAL);
    servers.s3().createBucket(TEMPORARY);
    return new Bed(servers, options, work, ClassArchive.open(work.resolve("classes")));
  }

  /** Debezium cannot stream from a server that has GTIDs switched on and has never given one. */
  private static void begin(TestServers servers) {
    try {
      servers.mysql().execute("CREATE DATABASE seed");
    } catch (SQLException e) {
      servers.close();
      throw new IllegalStateException("MySQL does not take a first transaction", e);
    }
  }

  /** What was asked for. */
  public Options options() {
    return options;
  }

  /** The servers. */
  public TestServers servers() {
    return servers;
  }

  /** A folder for what is only needed now. */
  Path work() {
    return work;
  }

  /** What every JVM is started from, baselines and Sluice alike. */
  ClassArchive classes() {
    return classes;
  }

  public String mysqlVersion() {
    return servers.mysql().version();
  }

  Sql.Source source() {
    return () -> servers.mysql().connect();
  }

  Connection connect() throws SQLException {
    return servers.mysql().connect();
  }

  /** What every job is told. */
  Settings settings(String database, boolean tls) {
    return new Settings(
        Map.of(
            "host", servers.mysql().host(),
            "port", Integer.toString(servers.mysql().port()),
            "user", servers.mysql().rootUser(),
            "password", servers.mysql().rootPassword(),
            "database", database,
            "tls", Boolean.toString(tls)));
  }

  /** What Sluice is told besides: each pipeline has its own place. */
  Settings sluiceSettings(Settings settings, String pipeline) {
    long memoryBytes = Math.max(16, options.heapMiB() / 2) * 1048576L;
    return settings
        .with("pipeline", pipeline)
        .with("parallelism", 2)
        .with("memoryBytes", memoryBytes)
        .with("s3.region", servers.s3().region())
        .with("s3.endpoint", servers.s3().endpoint())
        .with("s3.accessKey", servers.s3().accessKey())
        .with("s3.secretKey", servers.s3().secretKey())
        .with("s3.final", finalLocation(pipeline))
        .with("s3.temporary", "s3://" + TEMPORARY + "/" + pipeline);
  }

  String finalLocation(String pipeline) {
    return "s3://" + FINAL + "/" + pipeline;
  }

  /** The folder with a pipeline's final files. */
  Path finalFolder(String pipeline) {
    return servers
        .s3()
        .bucketFolder(FINAL)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The benchmarks need the local S3 server: unset cdc.test.s3.image"))
        .resolve(pipeline);
  }

  /** Throws away what a pipeline wrote. */
  void forget(String pipeline) {
    delete(finalFolder(pipeline));
    servers.s3().bucketFolder(TEMPORARY).ifPresent(folder -> delete(folder.resolve(pipeline)));
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + folder, e);
    }
  }

  /** Throws away the logs of all processes, which are only of use after a failure. */
  public void tidy() {
    delete(work);
  }

  @Override
  public void close() {
    servers.close();
  }
}
