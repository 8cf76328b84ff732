package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The job as people run it: {@code spark-submit} to a cluster whose driver, master, workers and
 * executors share no memory and know our classes by {@code --jars} only. Files and tables are on
 * S3.
 */
@Tag("servers")
class ClusterTest {
  private static SparkHome home;
  private final SparkWorld world = SparkWorld.shared();

  @BeforeAll
  static void start() throws IOException {
    home = new SparkHome(SparkWorld.shared(), "local-cluster[2,1,1024]");
  }

  @AfterAll
  static void stop() throws IOException {
    home.close();
  }

  @Test
  void whatExecutorsInOtherProcessesMergeEqualsMySqlAndTheExitCodeTellsHowItWent()
      throws Exception {
    String id = "cluster";
    start(id);
    SubmittedJob first = submit(id);
    assertThat(first.await()).as("%s", first.output()).isZero();
    assertThat(first.output())
        .contains("cluster.a -> remote.cluster_cluster.a: appended, 200 loaded");
    change(id, 1);
    world.mysql().execute("CREATE TABLE cluster.taken (id INT PRIMARY KEY)");
    world.catchUp(id);
    world.sql("CREATE TABLE remote.cluster_cluster.taken (id INT) USING iceberg");
    SubmittedJob second = submit(id);
    assertThat(second.await()).as("%s", second.output()).isEqualTo(1);
    assertThat(second.output())
        .contains("cluster.taken (Table remote.cluster_cluster.taken is there already");
    world.assertSame(SparkHome.CATALOG, id);
    SubmittedJob third = submit(id, "--paralel", "1");
    assertThat(third.await()).as("%s", third.output()).isEqualTo(2);
    assertThat(third.output()).contains("Unknown option", "--paralel");
  }

  @Test
  void driversThatAreKilledAreGoneOnWith() throws Exception {
    kill("deaths", Integer.getInteger("sluice.test.deaths", 2), 7);
  }

  @Test
  @Tag("long")
  void manyDriversThatAreKilledAreGoneOnWith() throws Exception {
    kill("mortal", 20, System.nanoTime());
  }

  /** Each dies at a random moment between its first look at the log and its end. */
  private void kill(String id, int deaths, long seed) throws Exception {
    Random random = new Random(seed);
    start(id);
    long whole = 4_000;
    for (int death = 0; death < deaths; death++) {
      SubmittedJob job = submit(id, "--parallel", "1");
      assertThat(job.awaitOutput("Pipeline " + id + ": ")).as("%s", job.output()).isTrue();
      Thread.sleep(random.nextLong(whole));
      job.kill();
      if (death % 2 == 0) {
        change(id, death);
      }
    }
    SubmittedJob last = submit(id);
    assertThat(last.await()).as("seed %s: %s", seed, last.output()).isZero();
    world.assertSame(SparkHome.CATALOG, id);
  }

  private SubmittedJob submit(String id, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--class", "io.sluice.cdc.spark.MergeJob", home.jobJar()));
    arguments.addAll(SparkHome.merging(id));
    arguments.addAll(List.of("--partition", id + ".b=bucket(4, id)"));
    arguments.addAll(List.of(more));
    return home.submit(arguments);
  }

  private void start(String id) throws Exception {
    world
        .mysql()
        .execute(
            "CREATE DATABASE " + id,
            "USE " + id,
            "SET cte_max_recursion_depth = 1000",
            "CREATE TABLE a (id INT PRIMARY KEY, v INT, t VARCHAR(20), d DECIMAL(20,4), at DATETIME(6), ts TIMESTAMP(6) NULL, x VARBINARY(9))",
            "CREATE TABLE b (id BIGINT UNSIGNED PRIMARY KEY, v DOUBLE)",
            "CREATE TABLE keyless (v INT, f FLOAT, t TEXT)",
            "INSERT INTO a WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                + " SELECT i, i % 7, CONCAT('t', i), i / 3, '2024-02-29 12:00:00.000001', '2024-03-10 07:30:00.000001', x'00ff' FROM n",
            "INSERT INTO b SELECT 18446744073709551615 - id, id / 7 FROM a",
            "INSERT INTO keyless SELECT v, v / 2, IF(v = 3, NULL, v) FROM a");
    world.catchUp(id);
  }

  private void change(String id, int n) throws Exception {
    world
        .mysql()
        .execute(
            "USE " + id,
            "INSERT INTO a (id, v) VALUES (" + (1000 + n) + ", 1)",
            "UPDATE a SET v = v + 1, t = NULL WHERE id % 3 = " + n % 3,
            "DELETE FROM a WHERE id % 50 = " + n,
            "UPDATE b SET v = v + 1 WHERE id % 2 = " + n % 2,
            "INSERT INTO keyless SELECT v, v, t FROM a WHERE id % 9 = 1",
            "DELETE FROM keyless WHERE v = " + n % 7 + " LIMIT 5");
    world.catchUp(id);
  }
}
