package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.error.FencedException;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Stage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes that die at named places; then another one takes over. */
class KillTest {
  private static final int FENCED = 3;

  private final Lake lake = new Lake();

  @ParameterizedTest
  @CsvSource({
    "after-staged-part:1, 0",
    "after-staged-part:4, 1",
    "after-last-staged-file:2, 1",
    "before-commit-put:2, 1",
    "after-commit-put:1, 1",
    "after-commit-put:3, 3",
    "between-promoted-files:1, 1",
    "between-promoted-files:3, 2",
    "before-staged-delete:2, 2",
    "during-recovery:1, 0",
    "during-recovery:2, 0",
    "during-claim:1, 0",
    "during-checkpoint:1, 100"
  })
  void nothingIsLostOrTwiceWhereverAProcessDies(String failPoint, long atLeastCommits)
      throws Exception {
    int commits = (int) Math.max(5, atLeastCommits + 3);
    assertThat(run(failPoint, commits)).isEqualTo(137);
    long committed = resumeAndCheck(atLeastCommits);
    assertThat(run("none", (int) (commits + committed))).isZero();
    resumeAndCheck(commits + committed);
  }

  @Test
  void dyingAgainAndAgainDuringRecoveryLosesNothing() throws Exception {
    assertThat(run("between-promoted-files:1", 3)).isEqualTo(137);
    for (String place :
        List.of(
            "during-recovery:1",
            "during-claim:1",
            "between-promoted-files:1",
            "before-staged-delete:1",
            "during-recovery:2")) {
      assertThat(run(place, 1)).as(place).isEqualTo(137);
    }
    resumeAndCheck(1);
  }

  @Test
  void f08aWriterThatSleptThroughATakeOverLearnsThatItIsFenced() throws Exception {
    Process zombie = start("none", Integer.MAX_VALUE);
    while (lake.state("promoted").size() < 5) {
      Thread.onSpinWait();
    }
    signal("STOP", zombie);
    try (S3Sink sink = lake.sink()) {
      long sequence = sink.open(Rows.PIPELINE).lastSequence();
      signal("CONT", zombie);
      assertThat(zombie.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(zombie.exitValue()).isEqualTo(FENCED);
      Stage stage = sink.stage();
      stage.write(Rows.changes(Rows.table("shop", "orders"), sequence + 1, sequence + 10));
      stage.write(Rows.changes(Rows.table("shop", "items"), sequence + 11, sequence + 20));
      S3SinkTest.commit(sink, stage, Rows.request(sequence + 1, sequence + 20));
    }
    resumeAndCheck(6);
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Every commit holds ten rows in each of two tables; says how many there are. */
  private long resumeAndCheck(long atLeast) throws Exception {
    ResumePoint point;
    try (S3Sink sink = lake.sink()) {
      point = sink.open(Rows.PIPELINE);
    }
    long commits = point.lastSequence() / 20;
    assertThat(commits).isGreaterThanOrEqualTo(atLeast);
    assertThat(lake.staged()).isEmpty();
    if (commits > 0) {
      String counts = "select count(*), count(distinct _cdc_seq) from {}";
      assertThat(lake.query(counts, "shop", "orders"))
          .containsExactly(commits * 10 + "|" + commits * 10);
      assertThat(lake.query(counts, "shop", "items"))
          .containsExactly(commits * 10 + "|" + commits * 10);
      assertThat(point.source()).isEqualTo(Rows.state(point.lastSequence()));
    }
    assertThat(lake.data()).hasSize((int) commits * 2);
    return commits;
  }

  private int run(String failPoint, int commits) throws Exception {
    Process process = start(failPoint, commits);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private Process start(String failPoint, int commits) throws Exception {
    return ChildJvm.start(
        Victim.class,
        List.of("-XX:TieredStopAtLevel=1"),
        Map.of("SLUICE_FAILPOINT", failPoint),
        Lake.server().endpoint().toString(),
        lake.finalBucket,
        Integer.toString(commits));
  }

  /** Commits ten rows into each of two tables until so many commits are made. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) throws Exception {
      TableSchema orders = Rows.table("shop", "orders");
      TableSchema items = Rows.table("shop", "items");
      S3Sink sink = ChildJvm.sink(args[0], args[1]).build();
      ResumePoint point = sink.open(Rows.PIPELINE);
      long sequence = point.lastSequence();
      while (sequence < Long.parseLong(args[2]) * 20) {
        Stage stage = sink.stage();
        stage.write(Rows.changes(orders, sequence + 1, sequence + 10));
        stage.write(Rows.changes(items, sequence + 11, sequence + 20));
        CommitOutcome outcome = sink.commit(stage, Rows.request(sequence + 1, sequence + 20));
        if (outcome instanceof CommitOutcome.NotCommitted not
            && not.reason() instanceof FencedException) {
          sink.close();
          System.exit(FENCED);
        }
        sequence += 20;
      }
      sink.close();
    }
  }
}
