package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.torture.judge.S3Store;
import io.sluice.cdc.bench.torture.victim.Victim;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * F06, F09, F12, F14, F15, F18: what a pipeline must not survive. It says why, and nothing is lost
 * when the fault is gone.
 */
final class LoudFaults {
  private LoudFaults() {}

  static List<Ordeal> all() {
    return List.of(
        Ordeal.of("F06", "commit's outcome unreadable", 2, LoudFaults::unknown),
        Ordeal.of("F09", "store without If-None-Match", 1, LoudFaults::unconditional),
        Ordeal.of(
            "F12", "access denied", 1, s -> refused(s, Fault.accessDenied(), "AccessDenied|403")),
        Ordeal.of(
            "F12",
            "token expired",
            1,
            s -> refused(s, Fault.expiredToken(), "ExpiredToken|expired")),
        Ordeal.of("F14", "bit of a record flipped", 1, s -> damaged(s, false)),
        Ordeal.of("F14", "record cut short", 1, s -> damaged(s, true)),
        Ordeal.of("F15", "record of the log missing", 1, LoudFaults::missing),
        Ordeal.of(
            "F18",
            "clock refused",
            1,
            s -> refused(s, Fault.clockSkew(), "RequestTimeTooSkewed|clock")));
  }

  private static void unknown(Scene scene) throws InterruptedException {
    Victim victim = scene.start("", s -> s.with("retryForSeconds", 3));
    if (!settled(scene, victim)) {
      return;
    }
    scene.spoil(
        RequestMatch.of(S3Operation.PUT_OBJECT).key(log(scene)),
        scene.random().nextBoolean() ? Fault.dropRequest() : Fault.loseAnswer());
    scene.spoil(
        RequestMatch.of(S3Operation.GET_OBJECT, S3Operation.HEAD_OBJECT).key(log(scene)),
        Fault.internalError());
    scene.requireLoud(victim, "(?i)unknown");
    scene.world().faults().clear();
  }

  private static void unconditional(Scene scene) throws InterruptedException {
    FaultRule rule = scene.spoil(RequestMatch.any(), Fault.ignoreIfNoneMatch());
    Victim victim = scene.start();
    scene.requireLoud(victim, "If-None-Match");
    require(scene, victim, scene.world().faults().endpoint().toString());
    scene.world().faults().remove(rule);
  }

  private static void refused(Scene scene, Fault fault, String pattern)
      throws InterruptedException {
    Victim victim = scene.start();
    if (!settled(scene, victim)) {
      return;
    }
    boolean staged = scene.random().nextBoolean();
    RequestMatch put = RequestMatch.of(S3Operation.PUT_OBJECT, S3Operation.CREATE_MULTIPART);
    scene.spoil(staged ? put.bucket(World.TEMPORARY) : put.bucket(World.FINAL), fault);
    scene.requireLoud(victim, pattern);
    require(scene, victim, staged ? World.TEMPORARY : World.FINAL);
    scene.world().faults().clear();
  }

  private static void damaged(Scene scene, boolean cut) throws InterruptedException {
    if (!hasLog(scene)) {
      return;
    }
    Fault fault = cut ? Fault.truncateBody(100) : Fault.flipBit(60);
    FaultRule rule = scene.spoil(RequestMatch.of(S3Operation.GET_OBJECT).key(log(scene)), fault);
    Victim victim = scene.start();
    scene.requireLoud(victim, "checksum|damaged");
    require(scene, victim, "/log/");
    scene.world().faults().remove(rule);
  }

  private static void missing(Scene scene) throws InterruptedException {
    if (!hasLog(scene)) {
      return;
    }
    S3Store store = scene.world().target();
    List<String> keys = List.copyOf(store.list(scene.generation().logPrefix()).keySet());
    if (keys.size() < 3) {
      return;
    }
    // A hole behind a checkpoint matters to nobody: the newest records do. The last one of all is
    // nobody's hole.
    String key = keys.get(keys.size() - 2 - scene.random().nextInt(Math.min(2, keys.size() - 2)));
    Optional<byte[]> content = store.read(key);
    store.delete(key);
    Victim victim = scene.start();
    scene.requireLoud(victim, "(?i)missing|hole|gap|not there");
    require(scene, victim, key.substring(key.lastIndexOf('/') + 1));
    content.ifPresent(bytes -> store.write(key, bytes));
  }

  /** Makes sure that there is a log, and that nobody writes it. */
  private static boolean hasLog(Scene scene) throws InterruptedException {
    Victim victim = scene.start();
    boolean settled = settled(scene, victim);
    scene.kill(victim);
    return settled;
  }

  /** Whether the victim streams and commits, so that a fault meets it in the middle of its work. */
  private static boolean settled(Scene scene, Victim victim) throws InterruptedException {
    boolean streams = victim.await(s -> s.pipeline().equals("STREAMING"), Duration.ofSeconds(60));
    int now = victim.state().commits();
    boolean commits = streams && scene.awaitCommits(victim, now + 1, Duration.ofSeconds(30));
    if (!commits) {
      scene.complain(
          "process " + victim.pid() + " does not commit without any fault: " + victim.state());
    }
    return commits;
  }

  private static void require(Scene scene, Victim victim, String name) {
    String loud = String.valueOf(victim.state().loud());
    if (!loud.contains(name)) {
      scene.complain("the message does not name " + name + ": " + loud);
    }
  }

  private static String log(Scene scene) {
    return scene.generation().logPrefix() + ".*";
  }
}
