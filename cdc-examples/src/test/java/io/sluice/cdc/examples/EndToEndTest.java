package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.error.FencedException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.status.CommitInfo;
import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.check.CheckReport;
import java.time.Duration;
import java.time.Instant;
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
    assertEqual("shop");
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
    assertEqual("shop");
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
    assertEqual("shop");
  }

  @Test
  void listenersAreToldOfCommitsAndPromotionsInOrder() throws Exception {
    List<Long> committed = new CopyOnWriteArrayList<>();
    List<Long> promoted = new CopyOnWriteArrayList<>();
    List<String> early = new CopyOnWriteArrayList<>();
    PipelineListener listener =
        new PipelineListener() {
          @Override
          public void committed(CommitInfo commit) {
            committed.add(commit.commit());
          }

          @Override
          public void promoted(CommitInfo commit, Instant at) {
            promoted.add(commit.commit());
            if (!committed.contains(commit.commit())) {
              early.add("promoted before it was committed: " + commit.commit());
            }
          }
        };
    try (CdcPipeline pipeline = world.pipeline("shop").listener(listener).build()) {
      pipeline.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> pipeline.status().state() == PipelineState.STREAMING);
      for (int i = 0; i < 8; i++) {
        world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('in order')");
        Thread.sleep(150);
      }
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
    }
    assertThat(committed).hasSizeGreaterThan(4).isSorted().doesNotHaveDuplicates();
    assertThat(promoted).isEqualTo(committed);
    assertThat(early).isEmpty();
  }

  @Test
  void anIdleStreamStillFlushesByAge() throws Exception {
    List<Long> promoted = new CopyOnWriteArrayList<>();
    try (CdcPipeline pipeline =
        world
            .pipeline("shop")
            .listener(
                new PipelineListener() {
                  @Override
                  public void promoted(CommitInfo commit, Instant at) {
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
    assertEqual("shop");
  }

  @Test
  void aTableThatIsSwappedInByRenamingIsLoadedAndItsGhostLeavesNothing() throws Exception {
    world.catchUp("shop");
    try (CdcPipeline pipeline = world.pipeline("shop").build()) {
      pipeline.start();
      world
          .mysql()
          .execute(
              "CREATE TABLE shop._orders_gho LIKE shop.orders",
              "ALTER TABLE shop._orders_gho ADD COLUMN extra INT DEFAULT 5",
              "INSERT INTO shop._orders_gho (id, name, amount, at, note) SELECT * FROM shop.orders",
              "UPDATE shop.orders SET amount = 7 WHERE name = 'a'",
              "UPDATE shop._orders_gho SET amount = 7 WHERE name = 'a'",
              "RENAME TABLE shop.orders TO shop._orders_del, shop._orders_gho TO shop.orders",
              "INSERT INTO shop.orders (name) VALUES ('after the swap')",
              "DROP TABLE shop._orders_del");
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
    }
    assertEqual("shop");
  }

  @Test
  void aTableIsLoadedAgainOnRequestWhileItIsWrittenTo() throws Exception {
    world.catchUp("shop");
    try (CdcPipeline pipeline = world.pipeline("shop").build()) {
      pipeline.start();
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('before')");
      pipeline.reload(new TableName("shop", "orders"));
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('meanwhile')");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  pipeline.status().rows().truncates() == 1
                      && pipeline.status().rows().loads() >= 4);
      world.mysql().execute("INSERT INTO shop.orders (name) VALUES ('after')");
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
    }
    assertEqual("shop");
  }

  /** The process that had loaded a table did not know that it had: its first rows stayed valid. */
  @Test
  void aTableIsLoadedAgainByTheProcessThatLoadedItFirst() throws Exception {
    try (CdcPipeline pipeline = world.pipeline("shop").build()) {
      pipeline.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> pipeline.status().state() == PipelineState.STREAMING);
      pipeline.reload(new TableName("shop", "orders"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> pipeline.status().rows().truncates() == 1);
      pipeline.stopWhenCaughtUp();
      pipeline.awaitEnd();
    }
    assertEqual("shop");
  }

  @Test
  void aTableThatJoinsIsLoadedOnceAndOneThatCameBackBeginsAnew() throws Exception {
    catchUp("shop.orders");
    catchUp("shop.*");
    world
        .mysql()
        .execute("INSERT INTO shop.log VALUES ('seen', 1)", "UPDATE shop.orders SET amount = 3");
    catchUp("shop.*");
    catchUp("shop.orders");
    world
        .mysql()
        .execute(
            "INSERT INTO shop.log VALUES ('not seen', 1)", "DELETE FROM shop.log WHERE line = 'x'");
    catchUp("shop.orders");
    catchUp("shop.*");
    world.mysql().execute("INSERT INTO shop.log VALUES ('seen again', 1)");
    catchUp("shop.*");
    assertEqual("shop");
  }

  private void catchUp(String include) throws Exception {
    SourceConfig source =
        SourceConfig.builder()
            .host(world.mysql().host())
            .port(world.mysql().port())
            .user(world.mysql().rootUser())
            .password(world.mysql().rootPassword())
            .include(include)
            .build();
    try (CdcPipeline pipeline = world.pipeline("shop").source(source).build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }

  private void assertEqual(String id) throws Exception {
    CheckReport report = world.check(id);
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }
}
