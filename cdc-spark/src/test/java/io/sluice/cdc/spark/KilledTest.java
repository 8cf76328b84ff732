package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing is merged twice and nothing is left out, whoever dies or comes in between. */
@Tag("servers")
class KilledTest {
  private final SparkWorld world = SparkWorld.shared();

  /** Nothing that follows is done, as when the process was killed. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private void start(String id) throws Exception {
    world
        .mysql()
        .execute(
            "CREATE DATABASE " + id,
            "CREATE TABLE " + id + ".a (id INT PRIMARY KEY, v INT)",
            "CREATE TABLE " + id + ".keyless (v INT)",
            "INSERT INTO " + id + ".a VALUES (1, 1), (2, 2)",
            "INSERT INTO " + id + ".keyless VALUES (1), (1), (1), (2), (NULL)");
    world.catchUp(id);
  }

  private void change(String id, int n) throws Exception {
    world
        .mysql()
        .execute(
            "INSERT INTO " + id + ".a VALUES (" + (10 + n) + ", 1)",
            "UPDATE " + id + ".a SET v = v + 1",
            "INSERT INTO " + id + ".keyless VALUES (1), (1), (" + n + ")",
            "DELETE FROM " + id + ".keyless WHERE v = 1 LIMIT 1");
    world.catchUp(id);
  }

  /** Steps: a is written, a is published, so is keyless, and all is done but to remember it. */
  @Test
  void aRunThatDiesAtAnyStepIsGoneOnWith() throws Exception {
    String id = "killed";
    start(id);
    for (int death = 1; death <= 5; death++) {
      AtomicInteger left = new AtomicInteger(death);
      assertThatThrownBy(
              () ->
                  world
                      .merge(id)
                      .parallel(1)
                      .build(
                          (step, table) -> {
                            if (left.decrementAndGet() == 0) {
                              throw new Killed();
                            }
                          })
                      .run())
          .as("step %s", death)
          .isInstanceOf(Killed.class);
      if (death > 1 && death < 5) {
        change(id, death);
      }
    }
    world.merge(id).build().run();
    world.assertSame(id);
    assertThat(world.merge(id).build().run().tables()).isEmpty();
  }

  @Test
  void twoRunsAtOnceMergeNothingTwice() throws Exception {
    String id = "twice";
    start(id);
    world.merge(id).build().run();
    change(id, 1);
    CountDownLatch both = new CountDownLatch(2);
    LakeMerge first = racing(id, both);
    LakeMerge second = racing(id, both);
    Thread other =
        new Thread(
            () -> {
              try {
                first.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    other.start();
    second.run();
    other.join();
    assertThat(Rows.ofLake(world, "lake.twice_twice.keyless", List.of("v"))).hasSize(7);
    world.merge(id).build().run();
    world.assertSame(id);
  }

  /** Waits before it publishes until the other one is as far. */
  private LakeMerge racing(String id, CountDownLatch both) {
    return world
        .merge(id)
        .include(id + ".keyless")
        .build(
            (step, table) -> {
              if (step.equals("written")) {
                both.countDown();
                try {
                  both.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            });
  }

  @Test
  void compactionAndExpiryInBetweenAreLivedThrough() throws Exception {
    String id = "compacted";
    start(id);
    world.merge(id).build().run();
    change(id, 1);
    world.merge(id).build().run();
    for (String name : List.of("a", "keyless")) {
      Table table = world.table("lake.compacted_compacted." + name);
      SparkActions.get(world.spark())
          .rewriteDataFiles(table)
          .option("rewrite-all", "true")
          .execute();
      table.refresh();
      assertThat(table.currentSnapshot().summary()).doesNotContainKey("sluice.commit");
    }
    change(id, 2);
    assertThat(world.merge(id).build().run().tables()).noneMatch(TableResult::rebuilt);
    world.assertSame(id);
    for (String name : List.of("a", "keyless")) {
      Table table = world.table("lake.compacted_compacted." + name);
      SparkActions.get(world.spark())
          .rewriteDataFiles(table)
          .option("rewrite-all", "true")
          .execute();
      table.refresh();
      table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
      table.refresh();
      assertThat(table.snapshots()).hasSize(1);
    }
    change(id, 3);
    MergeResult last = world.merge(id).build().run();
    assertThat(last.from()).isPositive();
    assertThat(last.tables()).noneMatch(TableResult::rebuilt);
    world.assertSame(id);
  }

  @Test
  void aTableThatWasRolledBackOrDroppedIsBroughtUpAgain() throws Exception {
    String id = "rolled";
    start(id);
    world.merge(id).build().run();
    long loaded = world.table("lake.rolled_rolled.keyless").currentSnapshot().snapshotId();
    change(id, 1);
    world.merge(id).build().run();
    change(id, 2);
    world.merge(id).build().run();
    Table table = world.table("lake.rolled_rolled.keyless");
    table.manageSnapshots().rollbackTo(loaded).commit();
    world.sql("DROP TABLE lake.rolled_rolled.a PURGE");
    world.merge(id).build().run();
    world.assertSame(id);
  }
}
