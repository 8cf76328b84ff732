package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Python and spark-submit call. */
@Tag("servers")
class MergeJobTest {
  private final SparkWorld world = SparkWorld.shared();

  @Test
  void badInputIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                MergeJob.run(
                    world.spark(),
                    List.of(
                        "--pipeline",
                        "sh op",
                        "--location",
                        "lake",
                        "--into",
                        "lake.{table}",
                        "--include",
                        "shop",
                        "--partition",
                        "shop.a=weeks(x)")))
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.problems()).hasSize(5));
    assertThatThrownBy(() -> MergeJob.run(world.spark(), List.of("--pipeline", "shop")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--location");
    assertThatThrownBy(
            () ->
                MergeJob.run(
                    world.spark(),
                    List.of(
                        "--pipeline",
                        "shop",
                        "--location",
                        "s3a://lake/raw/none",
                        "--into",
                        "nowhere.{database}.{table}")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("spark.sql.catalog.nowhere");
    assertThatThrownBy(
            () ->
                MergeJob.run(
                    world.spark(),
                    List.of(
                        "--pipeline",
                        "shop",
                        "--location",
                        "s3a://lake/raw/none",
                        "--into",
                        "lake.{database}.{table}")))
        .hasMessageContaining("No pipeline has written here");
  }

  @Test
  void tablesAreChosenAndAPatternThatFitsNoneIsRefused() throws Exception {
    String id = "job";
    world
        .mysql()
        .execute(
            "CREATE DATABASE job",
            "CREATE TABLE job.a (id INT PRIMARY KEY)",
            "CREATE TABLE job.b (id INT PRIMARY KEY)",
            "INSERT INTO job.a VALUES (1)",
            "INSERT INTO job.b VALUES (1)");
    world.catchUp(id);
    List<String> all =
        List.of(
            "--pipeline",
            id,
            "--location",
            SparkWorld.location(id),
            "--into",
            "lake.job_{database}.{table}");
    assertThat(run(all, "--include", "job.a").tables()).hasSize(1);
    assertThat(run(all, "--include", "job.a").tables()).isEmpty();
    MergeResult wider =
        run(all, "--include", "job.*", "--table-property", "write.merge.mode=merge-on-read");
    assertThat(wider.from())
        .as("a table that joins is found, however long ago it was loaded")
        .isZero();
    world.assertSame(id);
    assertThatThrownBy(() -> run(all, "--include", "job.x"))
        .hasMessageContaining("'job.x' matches no table");
    assertThat(wider.toString()).contains("job.b -> lake.job_job.b: appended, 1 loaded");
    assertThat(world.table("lake.job_job.b").properties())
        .containsEntry("write.merge.mode", "merge-on-read");
    world.mysql().execute("INSERT INTO job.b VALUES (2)", "UPDATE job.b SET id = 3 WHERE id = 1");
    world.catchUp(id);
    run(all);
    assertThat(world.table("lake.job_job.b").currentSnapshot().summary())
        .containsKey("added-delete-files");
    world.assertSame(id);
  }

  @Test
  void optionsThatGlueAddsArePassedOverAndOthersAreRefused() throws Exception {
    String id = "glue";
    world
        .mysql()
        .execute(
            "CREATE DATABASE glue",
            "CREATE TABLE glue.a (id INT PRIMARY KEY)",
            "CREATE TABLE glue.b (id INT PRIMARY KEY)",
            "CREATE TABLE glue.c (id INT PRIMARY KEY)");
    world.catchUp(id);
    List<String> ours =
        List.of(
            "--pipeline",
            id,
            "--location",
            SparkWorld.location(id),
            "--into",
            "lake.glue_{database}.{table}",
            "--include",
            "glue.a;glue.b");
    List<String> glue =
        List.of(
            "--JOB_ID",
            "j_1",
            "--JOB_NAME",
            "merge",
            "--conf",
            "spark.sql.catalog.x=a --conf spark.sql.catalog.x.type=b");
    assertThat(run(ours, glue.toArray(String[]::new)).tables()).hasSize(2);
    assertThatThrownBy(() -> run(ours, "--paralel", "2"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Unknown options: '--paralel', '2'");
  }

  private MergeResult run(List<String> all, String... more) throws InterruptedException {
    return MergeJob.run(
        world.spark(),
        java.util.stream.Stream.concat(all.stream(), java.util.stream.Stream.of(more)).toList());
  }
}
