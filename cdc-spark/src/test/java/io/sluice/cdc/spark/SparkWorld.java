package io.sluice.cdc.spark;

import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.spark.internal.lake.TableNames;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.DisposableS3;
import io.sluice.cdc.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.Assertions;

/** MySQL, S3, a pipeline between them, and a Spark with an Iceberg catalogue on a local disk. */
final class SparkWorld implements AutoCloseable {
  private static final BatchConfig OFTEN = BatchConfig.DEFAULT.withMaxAge(Duration.ofMillis(200));

  /** Compiling code for a handful of rows takes longer than all the rest. */
  static final Map<String, String> FEW_ROWS =
      Map.of(
          "spark.sql.shuffle.partitions", "2",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private static SparkWorld shared;

  private final TestServers servers = TestServers.open(DisposableMySql.builder());
  private final Path warehouse;
  private final SparkSession spark;

  /** One for all tests of this JVM: Spark and both servers take ten seconds to start. */
  static synchronized SparkWorld shared() {
    if (shared == null) {
      SparkWorld world = new SparkWorld();
      Runtime.getRuntime().addShutdownHook(new Thread(world::closeQuietly));
      shared = world;
    }
    return shared;
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("Left behind: " + warehouse + ": " + e);
    }
  }

  SparkWorld() {
    this(SparkWorld::session);
  }

  /** With a session of one's own. */
  SparkWorld(BiFunction<DisposableS3, Path, SparkSession> session) {
    servers.s3().createBucket("lake");
    servers.s3().createBucket("lake-tmp");
    this.warehouse = temporary();
    this.spark = session.apply(servers.s3(), warehouse);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("sluice-warehouse");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A session of a test. */
  private static SparkSession session(DisposableS3 s3, Path warehouse) {
    return forFewRows(builder(s3.endpoint().toString(), warehouse)).getOrCreate();
  }

  /** A session for tests, in a zone that shows where one is taken for UTC. */
  static SparkSession.Builder forFewRows(SparkSession.Builder builder) {
    FEW_ROWS.forEach(builder::config);
    return builder.config("spark.sql.session.timeZone", "America/New_York");
  }

  /** What every session needs here. */
  static SparkSession.Builder builder(String endpoint, Path warehouse) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("sluice-merge")
            .config("spark.sql.warehouse.dir", warehouse.resolve("spark").toUri().toString());
    reaching(endpoint).forEach(builder::config);
    catalog("lake", warehouse.toUri().toString()).forEach(builder::config);
    return builder;
  }

  /** How Spark reaches the servers of the tests. */
  static Map<String, String> reaching(String endpoint) {
    return Map.of(
        "spark.ui.enabled", "false",
        "spark.driver.bindAddress", "127.0.0.1",
        "spark.driver.host", "127.0.0.1",
        "spark.hadoop.fs.s3a.endpoint", endpoint,
        "spark.hadoop.fs.s3a.endpoint.region", "us-east-1",
        "spark.hadoop.fs.s3a.path.style.access", "true",
        "spark.hadoop.fs.s3a.access.key", "sluice-test-key",
        "spark.hadoop.fs.s3a.secret.key", "sluice-test-secret");
  }

  /** An Iceberg catalogue. */
  static Map<String, String> catalog(String name, String warehouse) {
    String key = "spark.sql.catalog." + name;
    return Map.of(
        key,
        "org.apache.iceberg.spark.SparkCatalog",
        key + ".type",
        "hadoop",
        key + ".warehouse",
        warehouse,
        key + ".cache-enabled",
        "false");
  }

  Path warehouse() {
    return warehouse;
  }

  String endpoint() {
    return servers.s3().endpoint().toString();
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
    catchUp(id, batch, OnValueChange.RELOAD);
  }

  /** The same, and structures that change make no table be loaded again. */
  void catchUpKeeping(String id) throws InterruptedException {
    catchUp(id, OFTEN, OnValueChange.KEEP);
  }

  private void catchUp(String id, BatchConfig batch, OnValueChange change)
      throws InterruptedException {
    Map<String, String> settings = new HashMap<>(settings(id));
    settings.put("onValueChange", change.name());
    settings.put("maxAge", batch.maxAge().toString());
    settings.put("maxRows", Long.toString(batch.maxRows()));
    TestPipeline.catchUp(settings);
  }

  private Map<String, String> settings(String id) {
    return Map.of(
        "id", id,
        "host", mysql().host(),
        "port", Integer.toString(mysql().port()),
        "user", mysql().rootUser(),
        "password", mysql().rootPassword(),
        "endpoint", endpoint(),
        "region", servers.s3().region(),
        "accessKey", servers.s3().accessKey(),
        "secretKey", servers.s3().secretKey());
  }

  void catchUp(String id) throws InterruptedException {
    catchUp(id, OFTEN);
  }

  S3Sink sink(String id) {
    return TestPipeline.sink(settings(id));
  }

  /** The folder of the bucket in which a pipeline's files are. */
  Path folder(String id) {
    return servers.s3().bucketFolder("lake").orElseThrow().resolve("raw/" + id);
  }

  /** A table of the lake by Iceberg's own API. */
  Table table(String name) throws Exception {
    return Spark3Util.loadIcebergTable(spark, name);
  }

  /** Fails unless every table of the pipeline's database is in the lake as it is in MySQL. */
  void assertSame(String id) throws Exception {
    assertSame("lake", id);
  }

  /** The same for another catalogue. */
  void assertSame(String catalog, String id) throws Exception {
    Map<String, List<String>> expected = Rows.ofMySql(this, id);
    Map<String, List<String>> found = new TreeMap<>();
    for (String table : expected.keySet()) {
      String name = catalog + "." + id + "_" + id + "." + TableNames.clean(table);
      found.put(table, Rows.ofLake(this, name, Rows.columnsOf(this, id, table)));
    }
    Assertions.assertThat(found).isEqualTo(expected);
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
