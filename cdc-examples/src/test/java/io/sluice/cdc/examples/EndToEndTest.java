package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.error.FencedException;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.check.CheckReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The main job on real servers, judged by the checker. */
@Tag("servers")
class EndToEndTest {
  private PipelineWorld world;

  @BeforeEach
  void open() throws Exception {
    world = PipelineWorld.open();
    world
        .mysql()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.orders (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(50), amount DECIMAL(10,2),"
                + " at DATETIME(3), note JSON)",
            "CREATE TABLE shop.log (line VARCHAR(50), n INT)",
            "INSERT INTO shop.orders (name, amount, at, note) VALUES ('a', 1.25, '2024-02-29 12:00:00.125', '{\"a\": 1}'),"
                + " ('b', -2.50, NULL, NULL), ('c', 0, '1000-01-01', '[1, 2.5, \"x\"]')",
            "INSERT INTO shop.log VALUES ('x', 1), ('x', 1), ('y', NULL)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void loadsWhatIsThereAndFollowsEveryChange() throws Exception {
    world.catchUp("shop");
    world
        .mysql()
        .execute(
            "INSERT INTO shop.orders (name, amount) VALUES ('d', 4)",
            "UPDATE shop.orders SET amount = 9.99 WHERE name = 'a'",
            "UPDATE shop.orders SET id = 100 WHERE name = 'b'",
            "DELETE FROM shop.orders WHERE name = 'c'",
            "UPDATE shop.log SET n = 2 WHERE line = 'x' LIMIT 1",
            "DELETE FROM shop.log WHERE line = 'y'");
    world.catchUp("shop");
    CheckReport report = world.check("shop");
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }

  @Test
  void followsWithoutGtidToo() throws Exception {
    world.close();
    world = PipelineWorld.withoutGtid();
    world
        .mysql()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.t (id INT PRIMARY KEY, v INT)",
            "INSERT INTO shop.t VALUES (1, 1), (2, 2)");
    world.catchUp("shop");
    world
        .mysql()
        .execute(
            "INSERT INTO shop.t VALUES (3, 3)",
            "TRUNCATE shop.t",
            "INSERT INTO shop.t VALUES (4, 4)");
    world.catchUp("shop");
    world.mysql().execute("INSERT INTO shop.t VALUES (5, 5)");
    world.catchUp("shop");
    CheckReport report = world.check("shop");
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }

  @Test
  void structuresMayChangeWhileItFollows() throws Exception {
    world.catchUp("shop");
    world
        .mysql()
        .execute(
            "ALTER TABLE shop.orders ADD COLUMN extra INT FIRST",
            "INSERT INTO shop.orders (extra, name) VALUES (7, 'e')",
            "ALTER TABLE shop.orders DROP COLUMN note",
            "INSERT INTO shop.orders (extra, name) VALUES (8, 'f')",
            "CREATE TABLE shop.born (id INT PRIMARY KEY, v TEXT)",
            "INSERT INTO shop.born VALUES (1, 'x')",
            "TRUNCATE TABLE shop.log",
            "INSERT INTO shop.log VALUES ('after', 1)");
    world.catchUp("shop");
    CheckReport report = world.check("shop");
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }

  @Test
  void anIdleStreamStillFlushesByAge() throws Exception {
    List<Long> promoted = new CopyOnWriteArrayList<>();
    try (CdcPipeline pipeline =
        world
            .pipeline("shop")
            .listener(
                new io.sluice.cdc.status.PipelineListener() {
                  @Override
                  public void promoted(
                      io.sluice.cdc.status.CommitInfo commit, java.time.Instant at) {
                    promoted.add(commit.rows().inserts());
                  }
                })
            .build()) {
      pipeline.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> pipeline.status().state() == PipelineState.STREAMING);
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('late')");
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> promoted.contains(1L));
      long commits = pipeline.status().commits();
      Awaitility.await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(5))
          .until(() -> pipeline.status().commits() == commits);
    }
  }

  @Test
  void theSecondWriterTakesOverAndTheFirstSaysByWhom() throws Exception {
    try (CdcPipeline first = world.pipeline("shop").build()) {
      first.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> first.status().state() == PipelineState.STREAMING);
      world.catchUp("shop");
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('who')");
      assertThatThrownBy(() -> first.awaitEnd(Duration.ofSeconds(60)))
          .isInstanceOf(FencedException.class)
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
    }
    world.catchUp("shop");
    CheckReport report = world.check("shop");
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }
}
