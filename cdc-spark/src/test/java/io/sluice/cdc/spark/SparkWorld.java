package io.sluice.cdc.spark;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.DisposableS3;
import io.sluice.cdc.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** MySQL, S3, a pipeline between them, and a Spark with an Iceberg catalogue on a local disk. */
final class SparkWorld implements AutoCloseable {
  private final TestServers servers = TestServers.open(DisposableMySql.builder());
  private final Path warehouse;
  private final SparkSession spark;

  SparkWorld() {
    servers.s3().createBucket("lake");
    servers.s3().createBucket("lake-tmp");
    this.warehouse = temporary();
    this.spark = session(servers.s3(), warehouse);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("sluice-warehouse");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static SparkSession session(DisposableS3 s3, Path warehouse) {
    return SparkSession.builder()
        .master("local[2]")
        .appName("test")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "America/New_York")
        .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.lake.type", "hadoop")
        .config("spark.sql.catalog.lake.warehouse", warehouse.toUri().toString())
        .config("spark.sql.catalog.lake.cache-enabled", "false")
        .config("spark.sql.warehouse.dir", warehouse.resolve("spark").toUri().toString())
        .config("spark.hadoop.fs.s3a.endpoint", s3.endpoint().toString())
        .config("spark.hadoop.fs.s3a.endpoint.region", s3.region())
        .config("spark.hadoop.fs.s3a.path.style.access", "true")
        .config("spark.hadoop.fs.s3a.access.key", s3.accessKey())
        .config("spark.hadoop.fs.s3a.secret.key", s3.secretKey())
        .getOrCreate();
  }

  SparkSession spark() {
    return spark;
  }

  DisposableMySql mysql() {
    return servers.mysql();
  }

  static String location(String id) {
    return "s3a://lake/raw/" + id;
  }

  /** A merge of everything into {@code lake.<id>_<database>.<table>}. */
  LakeMergeBuilder merge(String id) {
    return LakeMerge.builder(spark)
        .pipeline(id)
        .location(location(id))
        .into("lake." + id + "_{database}.{table}");
  }

  /** Runs a pipeline over one database until it has taken everything that is there now. */
  void catchUp(String id, BatchConfig batch) throws InterruptedException {
    try (CdcPipeline pipeline =
        CdcPipeline.builder()
            .pipeline(id)
            .source(
                SourceConfig.builder()
                    .host(mysql().host())
                    .port(mysql().port())
                    .user(mysql().rootUser())
                    .password(mysql().rootPassword())
                    .include(id + ".*")
                    .build())
            .load(LoadConfig.DEFAULT.withParallelism(2).withChunkBytes(1 << 20))
            .batch(batch)
            .sink(sink(id))
            .build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }

  void catchUp(String id) throws InterruptedException {
    catchUp(id, BatchConfig.DEFAULT.withMaxAge(Duration.ofMillis(200)));
  }

  S3Sink sink(String id) {
    return S3Sink.builder()
        .endpoint(servers.s3().endpoint())
        .region(servers.s3().region())
        .pathStyle(true)
        .credentials(servers.s3().accessKey(), servers.s3().secretKey())
        .finalLocation("s3://lake/raw/" + id)
        .temporaryLocation("s3://lake-tmp/sluice")
        .build();
  }

  /** The folder of the bucket in which a pipeline's files are. */
  Path folder(String id) {
    return servers.s3().bucketFolder("lake").orElseThrow().resolve("raw/" + id);
  }

  List<Row> sql(String sql) {
    return spark.sql(sql).collectAsList();
  }

  @Override
  public void close() throws IOException {
    spark.stop();
    servers.close();
    try (Stream<Path> all = Files.walk(warehouse)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
