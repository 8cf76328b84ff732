package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.torture.victim.Victim;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.time.Duration;
import java.util.List;

/**
 * F43: asked to stop, at any moment, in every way, twice at once; it ends in time and without
 * complaint.
 */
final class Stops {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int TERMINATED = 128 + 15;

  private Stops() {}

  static List<Ordeal> all() {
    return List.of(
        Ordeal.of("F43", "SIGTERM", 2, Stops::terminate),
        Ordeal.ofLoad("F43", "SIGTERM during the load", 2, Stops::terminateLoad),
        Ordeal.of("F43", "SIGTERM during a slow commit", 1, Stops::terminateCommit),
        Ordeal.of("F43", "closed twice at once", 1, Stops::closeTwice));
  }

  private static void terminate(Scene scene) throws InterruptedException {
    do {
      Victim victim = scene.start();
      Deaths.atAMoment(scene, victim);
      stop(scene, victim);
    } while (!scene.timeIsOver());
  }

  private static void terminateLoad(Scene scene) throws InterruptedException {
    Victim victim = scene.start();
    victim.await(s -> s.pipeline().equals("LOADING"), Duration.ofSeconds(30));
    victim.await(
        s -> s.pipeline().equals("STREAMING"), Duration.ofMillis(scene.random().nextInt(1_000)));
    stop(scene, victim);
  }

  private static void terminateCommit(Scene scene) throws InterruptedException {
    scene.spoil(
        RequestMatch.of(S3Operation.PUT_OBJECT).key(".*/log/.*"),
        Fault.delay(Duration.ofSeconds(1)));
    scene.spoil(RequestMatch.of(S3Operation.COPY_OBJECT), Fault.delay(Duration.ofMillis(200)));
    terminate(scene);
  }

  private static void closeTwice(Scene scene) throws InterruptedException {
    do {
      Victim victim = scene.start();
      Deaths.atAMoment(scene, victim);
      long start = System.nanoTime();
      victim.closeTwice();
      requireEnd(scene, victim, start, 0);
      scene.figures().count("closed twice");
    } while (!scene.timeIsOver());
  }

  private static void stop(Scene scene, Victim victim) throws InterruptedException {
    long start = System.nanoTime();
    victim.signal("TERM");
    scene.figures().count("SIGTERM");
    requireEnd(scene, victim, start, TERMINATED);
  }

  private static void requireEnd(Scene scene, Victim victim, long start, int code)
      throws InterruptedException {
    if (!victim.awaitEnd(LIMIT)) {
      scene.complain(
          "process " + victim.pid() + " did not end within " + LIMIT + " of being asked to");
      return;
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    scene.requireQuiet(victim);
    if (scene.complaints().isEmpty() && victim.exitCode() != code && victim.exitCode() != 0) {
      scene.complain(
          "asked to stop, it ended with " + victim.exitCode() + " after " + millis + " ms");
    }
  }
}
