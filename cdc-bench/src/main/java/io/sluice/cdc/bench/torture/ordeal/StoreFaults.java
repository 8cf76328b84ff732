package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.torture.victim.Victim;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * F04, F05, F10, F11, F13, F16: S3 misbehaves for a while, and the pipeline must live through it
 * without a word.
 */
final class StoreFaults {
  private static final String LOG = ".*/log/.*";
  private static final String STAGED = "stage/.*";

  private StoreFaults() {}

  static List<Ordeal> all() {
    return List.of(
        Ordeal.of("F04", "commit stored, answer lost", 3, s -> suffer(s, StoreFaults::lostAnswer)),
        Ordeal.of(
            "F05", "commit not stored, request lost", 2, s -> suffer(s, StoreFaults::lostRequest)),
        Ordeal.of("F10", "409 on commit", 2, s -> suffer(s, StoreFaults::conflict)),
        Ordeal.of("F11", "500 and 503", 2, s -> suffer(s, StoreFaults::errors)),
        Ordeal.of("F11", "S3 away", 2, StoreFaults::outage),
        Ordeal.of("F13", "errors inside 200", 2, s -> suffer(s, StoreFaults::inside200)),
        Ordeal.of("F16", "slow, and cut off", 2, s -> suffer(s, StoreFaults::cutOff)),
        Ordeal.of("F01", "everything at once", 5, s -> suffer(s, StoreFaults::everything)));
  }

  /** What spoils requests. */
  interface Spoiler {
    void spoil(Scene scene);
  }

  /** Processes under the faults; each but the last may be killed too. */
  private static void suffer(Scene scene, Spoiler spoiler) throws InterruptedException {
    spoiler.spoil(scene);
    do {
      Victim victim = scene.start();
      if (scene.random().nextBoolean()) {
        Deaths.atAMoment(scene, victim);
        scene.kill(victim);
      } else {
        scene.awaitCommits(victim, 3, Duration.ofSeconds(30));
        victim.awaitEnd(scene.left());
        scene.requireQuiet(victim);
      }
    } while (!scene.timeIsOver());
  }

  private static void lostAnswer(Scene scene) {
    scene.spoil(sometimes(scene, log(), 3), Fault.loseAnswer());
  }

  private static void lostRequest(Scene scene) {
    scene.spoil(sometimes(scene, log(), 3), Fault.dropRequest());
  }

  private static void conflict(Scene scene) {
    scene.spoil(sometimes(scene, log(), 2), Fault.conflict());
  }

  private static void errors(Scene scene) {
    scene.spoil(sometimes(scene, RequestMatch.any(), 8), Fault.internalError());
    scene.spoil(sometimes(scene, RequestMatch.any(), 8), Fault.slowDown());
  }

  private static void inside200(Scene scene) {
    scene.spoil(
        sometimes(scene, RequestMatch.of(S3Operation.COPY_OBJECT), 3),
        Fault.errorInside200("InternalError"));
    scene.spoil(
        sometimes(scene, RequestMatch.of(S3Operation.COMPLETE_MULTIPART), 2),
        Fault.errorInside200("SlowDown"));
  }

  private static void cutOff(Scene scene) {
    RequestMatch uploads = RequestMatch.of(S3Operation.PUT_OBJECT, S3Operation.UPLOAD_PART);
    scene.spoil(sometimes(scene, uploads.key(STAGED), 6), Fault.throttle(40_000));
    scene.spoil(sometimes(scene, uploads.key(STAGED), 5), Fault.loseAnswer());
    scene.spoil(sometimes(scene, RequestMatch.of(S3Operation.UPLOAD_PART), 3), Fault.dropRequest());
    scene.spoil(sometimes(scene, RequestMatch.of(S3Operation.GET_OBJECT), 4), Fault.cutBody(10));
    scene.spoil(sometimes(scene, RequestMatch.of(S3Operation.COPY_OBJECT), 4), Fault.loseAnswer());
  }

  private static void everything(Scene scene) {
    lostAnswer(scene);
    lostRequest(scene);
    conflict(scene);
    errors(scene);
    inside200(scene);
    cutOff(scene);
    scene.spoil(
        sometimes(scene, RequestMatch.any(), 15),
        Fault.delay(Duration.ofMillis(scene.random().nextInt(700))));
  }

  private static void outage(Scene scene) throws InterruptedException {
    Victim victim = scene.start();
    scene.awaitCommits(victim, 1, Duration.ofSeconds(30));
    do {
      FaultRule away = scene.spoil(RequestMatch.any(), gone(scene.random()));
      victim.awaitEnd(Duration.ofMillis(500 + scene.random().nextInt(4_000)));
      scene.world().faults().remove(away);
      scene.world().faults().cut();
      scene.pause(victim, 2_000);
    } while (!scene.timeIsOver());
    scene.requireQuiet(victim);
  }

  private static Fault gone(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Fault.slowDown();
      case 1 -> Fault.internalError();
      default -> Fault.dropRequest();
    };
  }

  private static RequestMatch log() {
    return RequestMatch.of(S3Operation.PUT_OBJECT).key(LOG);
  }

  private static RequestMatch sometimes(Scene scene, RequestMatch match, int oneIn) {
    Random own = new Random(scene.random().nextLong());
    return match.and(request -> own.nextInt(oneIn) == 0);
  }
}
