package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.torture.victim.Victim;
import java.time.Duration;
import java.util.List;

/** F07, F08: two processes for one pipeline. */
final class Rivals {
  private static final int LONGEST_SLEEP_MILLIS = 6_000;

  private Rivals() {}

  static List<Ordeal> all() {
    return List.of(
        Ordeal.of("F07", "two at once", 2, Rivals::twoAtOnce),
        Ordeal.of(
            "F08", "zombie", 3, s -> zombie(s, 1_000 + s.random().nextInt(LONGEST_SLEEP_MILLIS))),
        Ordeal.of("F08", "zombie after a minute", 0, s -> zombie(s, 60_000)));
  }

  /** One of both must stop and name the other; the other must not notice much. */
  private static void twoAtOnce(Scene scene) throws InterruptedException {
    scene.endFresh();
    Victim one = scene.start();
    if (scene.random().nextBoolean()) {
      scene.awaitCommits(one, 1 + scene.random().nextInt(3), Duration.ofSeconds(30));
    }
    Victim two = scene.start();
    long end = System.nanoTime() + Scene.PATIENCE.toNanos();
    while (one.alive() && two.alive() && System.nanoTime() < end) {
      one.awaitEnd(Duration.ofMillis(50));
    }
    Victim loser = one.alive() ? two : one;
    Victim winner = one.alive() ? one : two;
    requireFenced(scene, loser, winner);
    requireAlive(scene, winner);
  }

  /** A process sleeps in the middle of its work, another takes over, the first wakes up. */
  private static void zombie(Scene scene, int sleepMillis) throws InterruptedException {
    scene.endFresh();
    Victim zombie = scene.start();
    scene.awaitCommits(zombie, 1 + scene.random().nextInt(5), Duration.ofSeconds(30));
    zombie.awaitEnd(Duration.ofMillis(scene.random().nextInt(400)));
    zombie.signal("STOP");
    scene.figures().count("SIGSTOP");
    Victim heir = scene.start();
    if (!scene.awaitCommits(heir, 1, Duration.ofSeconds(60))) {
      scene.complain("the heir of a stopped process does not commit: " + heir.state());
      return;
    }
    heir.awaitEnd(Duration.ofMillis(sleepMillis));
    zombie.signal("CONT");
    requireFenced(scene, zombie, heir);
    requireAlive(scene, heir);
  }

  private static void requireFenced(Scene scene, Victim loser, Victim winner)
      throws InterruptedException {
    scene.requireLoud(loser, "(?i)fenced|took over|taken over");
    String loud = String.valueOf(loser.state().loud());
    if (scene.complaints().isEmpty() && !loud.contains(String.valueOf(winner.pid()))) {
      scene.complain("the fenced process does not name process " + winner.pid() + ": " + loud);
    }
    scene.figures().count("fenced");
  }

  private static void requireAlive(Scene scene, Victim winner) throws InterruptedException {
    int commits = winner.state().commits();
    if (!scene.awaitCommits(winner, commits + 1, Duration.ofSeconds(60))) {
      scene.complain("the winner does not go on: " + winner.state());
    }
  }
}
