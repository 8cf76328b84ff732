package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.status.PipelineStatus;
import io.sluice.cdc.testkit.check.CheckReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code load.mode} and {@code load.onValueChange} make of a table, end to end. */
@Tag("servers")
class LoadModesTest {
  private static final LoadConfig KEEPS = LoadConfig.DEFAULT.withOnValueChange(OnValueChange.KEEP);
  private static final LoadConfig STOPS = LoadConfig.DEFAULT.withOnValueChange(OnValueChange.STOP);
  private static final LoadConfig NEVER = LoadConfig.DEFAULT.withMode(LoadMode.NEVER);

  private static PipelineWorld world;

  @BeforeAll
  static void open() {
    world = PipelineWorld.open();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void makeTable() throws Exception {
    world
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.t (id INT PRIMARY KEY, a INT, b VARCHAR(20))",
            "INSERT INTO shop.t VALUES (1, 10, 'x'), (2, 20, 'y')");
  }

  @Test
  void keepLeavesOlderFilesAsTheyAreAndTheDocumentedQueryReadsThem() throws Exception {
    catchUp("keep", KEEPS);
    world
        .mysql()
        .execute(
            "ALTER TABLE shop.t RENAME COLUMN a TO z",
            "INSERT INTO shop.t VALUES (3, 30, 'w')",
            "UPDATE shop.t SET z = 21 WHERE id = 2");
    assertThat(catchUp("keep", KEEPS).reloads()).isEmpty();
    assertThat(
            world.read(
                "keep",
                "shop/t",
                "id, arg_max(coalesce(z, a), _cdc_seq)",
                "true GROUP BY id ORDER BY id"))
        .containsExactly("1|10", "2|21", "3|30");
    CheckReport report = world.check("keep");
    assertThat(report.inWords()).contains("column z: expected '10', found NULL");
    assertThat(report.differenceCount()).isEqualTo(1);
  }

  @Test
  void stopEndsBeforeTheStatementAtEveryStartUntilSomebodyChooses() throws Exception {
    catchUp("stop", STOPS);
    world
        .mysql()
        .execute(
            "INSERT INTO shop.t VALUES (3, 30, 'w')",
            "ALTER TABLE shop.t MODIFY a VARCHAR(5)",
            "INSERT INTO shop.t VALUES (4, 'forty', 'v')");
    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> catchUp("stop", STOPS))
          .isInstanceOf(CdcException.class)
          .hasMessageContaining("shop.t")
          .hasMessageContaining("ALTER TABLE shop.t MODIFY a VARCHAR(5)")
          .hasMessageContaining("load.onValueChange");
    }
    assertThat(world.read("stop", "shop/t", "count(*)", "id = 4")).containsExactly("0");
    assertThat(catchUp("stop", LoadConfig.DEFAULT).reloads())
        .containsKey(new TableName("shop", "t"));
    CheckReport report = world.check("stop");
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }

  @Test
  void neverFollowsFromTheFirstStartOnAndLoadsNothing() throws Exception {
    catchUp("never", NEVER);
    assertThat(world.s3().bucketFolder("lake").orElseThrow().resolve("raw/never/shop"))
        .doesNotExist();
    world
        .mysql()
        .execute(
            "UPDATE shop.t SET a = 11 WHERE id = 1",
            "CREATE TABLE shop.born (id INT PRIMARY KEY)",
            "INSERT INTO shop.born VALUES (7)",
            "ALTER TABLE shop.t MODIFY a VARCHAR(5)",
            "DELETE FROM shop.t WHERE id = 2",
            "INSERT INTO shop.t VALUES (3, 'c', 'z')");
    PipelineStatus status = catchUp("never", NEVER);
    assertThat(status.reloads()).isEmpty();
    assertThat(status.rows().loads()).isZero();
    assertThat(
            world.read(
                "never", "shop/t", "_cdc_op, id, CAST(a AS VARCHAR)", "true ORDER BY _cdc_seq"))
        .containsExactly("u|1|11", "d|2|20", "c|3|c");
    assertThat(world.read("never", "shop/born", "_cdc_op, id", "true")).containsExactly("c|7");
    try (CdcPipeline pipeline = world.pipeline("never").load(NEVER).build()) {
      assertThatThrownBy(() -> pipeline.reload(new TableName("shop", "t")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("load.mode is never");
    }
  }

  @Test
  void onlyLoadsAndEndsAndALaterStartFollowsFromThere() throws Exception {
    LoadConfig only = LoadConfig.DEFAULT.withMode(LoadMode.ONLY);
    try (CdcPipeline pipeline = world.pipeline("only").load(only).build()) {
      pipeline.start();
      pipeline.awaitEnd();
    }
    world.mysql().execute("INSERT INTO shop.t VALUES (3, 30, 'w')");
    assertThat(world.read("only", "shop/t", "count(*)", "true")).containsExactly("2");
    catchUp("only", LoadConfig.DEFAULT);
    CheckReport report = world.check("only");
    assertThat(report.equal()).as(report.inWords()).isTrue();
    assertThat(world.read("only", "shop/t", "_cdc_op", "id = 3")).containsExactly("c");
  }

  private static PipelineStatus catchUp(String id, LoadConfig load) throws InterruptedException {
    try (CdcPipeline pipeline = world.pipeline(id).load(load).build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
      return pipeline.status();
    }
  }
}
