package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.torture.victim.Victim;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** F01, F02, F03: the process dies without a word. */
final class Deaths {
  private static final int STARTUP_MILLIS = 6_000;

  /** Places that are passed once a start, and places that are passed again and again. */
  private static final List<String> RARE = List.of("during-recovery", "during-claim");

  private static final List<String> OFTEN =
      List.of(
          "after-staged-part",
          "after-last-staged-file",
          "before-commit-put",
          "after-commit-put",
          "between-promoted-files",
          "before-staged-delete");

  private Deaths() {}

  static List<Ordeal> all() {
    return List.of(
        Ordeal.of("F01", "kill -9", 6, Deaths::random),
        Ordeal.of("F02", "death at fail-points", 5, Deaths::atFailPoints),
        Ordeal.ofLoad("F03", "kill -9 during the load", 3, Deaths::duringLoad),
        Ordeal.ofLoad("F03", "death at fail-points of the load", 2, Deaths::atFailPoints));
  }

  /**
   * At any moment of the life of a process, its start included, or right after one of its commits.
   */
  static void random(Scene scene) throws InterruptedException {
    do {
      Victim victim = scene.start();
      atAMoment(scene, victim);
      scene.kill(victim);
    } while (!scene.timeIsOver());
  }

  static void atAMoment(Scene scene, Victim victim) throws InterruptedException {
    Random random = scene.random();
    if (random.nextBoolean()) {
      victim.awaitEnd(Duration.ofMillis(random.nextInt(STARTUP_MILLIS)));
    } else {
      scene.awaitCommits(victim, 1 + random.nextInt(6), Duration.ofSeconds(10));
      victim.awaitEnd(Duration.ofMillis(random.nextInt(60)));
    }
  }

  static void atFailPoints(Scene scene) throws InterruptedException {
    do {
      String point = failPoint(scene.random());
      Victim victim = scene.start(point);
      // Every commit passes the frequent places: so many commits later the process must be dead.
      int enough = 3 + Integer.parseInt(point.replaceAll(".*:", ""));
      victim.await(s -> s.promotions() >= enough, Duration.ofSeconds(90));
      if (!victim.alive() && victim.state().loud() == null) {
        scene.figures().count("death " + point.replaceAll(":.*", ""));
      } else {
        scene.kill(victim);
      }
    } while (!scene.timeIsOver());
  }

  static String failPoint(Random random) {
    if (random.nextInt(4) == 0) {
      return RARE.get(random.nextInt(RARE.size())) + ":" + (1 + random.nextInt(2));
    }
    return OFTEN.get(random.nextInt(OFTEN.size())) + ":" + (1 + random.nextInt(6));
  }

  private static void duringLoad(Scene scene) throws InterruptedException {
    int deaths = 1 + scene.random().nextInt(3);
    for (int i = 0; i < deaths && scene.complaints().isEmpty(); i++) {
      Victim victim = scene.start();
      if (victim.await(s -> s.pipeline().equals("LOADING"), Duration.ofSeconds(30))) {
        victim.await(
            s -> s.pipeline().equals("STREAMING"),
            Duration.ofMillis(scene.random().nextInt(1_500)));
      }
      scene.kill(victim);
    }
  }
}
