package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.torture.victim.Victim;
import io.sluice.cdc.bench.torture.victim.VictimSettings;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One round on stage: the victims of it, its time, and what is held against the pipeline. Used by
 * one thread.
 */
public final class Scene {
  /** Longest wait for something that must come; a machine under load is slow. */
  static final Duration PATIENCE = Duration.ofSeconds(150);

  private final World world;
  private final Generation generation;
  private final Random random;
  private final Figures figures = new Figures();
  private final List<String> complaints = new ArrayList<>();
  private final List<Victim> victims = new ArrayList<>();
  private final List<FaultRule> rules = new ArrayList<>();
  private final long endNanos;
  private boolean freshEnd;

  /** A round of about that length, not counting what must be waited for. */
  public Scene(World world, Generation generation, Random random, Duration length) {
    this.world = world;
    this.generation = generation;
    this.random = random;
    this.endNanos = System.nanoTime() + length.toNanos();
  }

  World world() {
    return world;
  }

  Generation generation() {
    return generation;
  }

  Random random() {
    return random;
  }

  /** What was done in this round. */
  public Figures figures() {
    return figures;
  }

  /** What the pipeline did wrong. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  void complain(String complaint) {
    complaints.add(complaint);
  }

  /** What is left of the round; zero when it is over. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  boolean timeIsOver() {
    return left().isZero() || !complaints.isEmpty();
  }

  /**
   * From now on only a process that starts after all others have ended can be the last of the
   * round.
   */
  void endFresh() {
    freshEnd = true;
  }

  Victim start() {
    return start("", s -> s);
  }

  Victim start(String failPoint) {
    return start(failPoint, s -> s);
  }

  Victim start(String failPoint, UnaryOperator<VictimSettings> change) {
    Victim victim =
        Victim.start(
            change.apply(generation.settings()), failPoint, generation.log(), world.classes());
    victims.add(victim);
    figures.count("starts");
    return victim;
  }

  void kill(Victim victim) throws InterruptedException {
    if (victim.alive()) {
      figures.count("kill -9");
    }
    victim.kill();
    requireQuiet(victim);
  }

  /** Adds a rule; it goes when the round ends. */
  FaultRule spoil(RequestMatch match, Fault fault) {
    FaultRule rule = world.faults().add(match, fault);
    rules.add(rule);
    return rule;
  }

  /** Waits until the victim has a given number of commits, is gone, or the round is over. */
  boolean awaitCommits(Victim victim, int commits, Duration atMost) throws InterruptedException {
    return victim.await(s -> s.commits() >= commits, atMost);
  }

  /** Waits a random time, less when the victim ends or the round does. */
  void pause(Victim victim, int mostMillis) throws InterruptedException {
    long millis = Math.min(random.nextInt(mostMillis), left().toMillis());
    victim.awaitEnd(Duration.ofMillis(millis));
  }

  /** The victim must stop by itself, with a message in which the pattern is found. */
  void requireLoud(Victim victim, String pattern) throws InterruptedException {
    if (!victim.awaitEnd(PATIENCE)) {
      complain(
          "expected an end that says /" + pattern + "/, but process " + victim.pid() + " went on");
      return;
    }
    String loud = String.valueOf(victim.state().loud());
    if (victim.exitCode() != 1 || !Pattern.compile(pattern).matcher(loud).find()) {
      complain(
          "expected an end that says /"
              + pattern
              + "/, but it ended with "
              + victim.exitCode()
              + ": "
              + loud);
    }
    figures.count("loud ends");
  }

  /** The victim must not have stopped by itself. */
  void requireQuiet(Victim victim) {
    if (victim.state().loud() != null) {
      complain("process " + victim.pid() + " stopped by itself: " + victim.state().loud());
    }
  }

  /**
   * Takes all faults away, lets the pipeline catch up and end.
   *
   * @return whether the last process began after all others had ended
   */
  public boolean finish() throws InterruptedException {
    world.calm();
    rules.forEach(figures::count);
    List<Victim> alive = victims.stream().filter(Victim::alive).toList();
    boolean goesOn = alive.size() == 1 && !freshEnd && random.nextBoolean();
    if (!goesOn) {
      for (Victim victim : alive) {
        kill(victim);
      }
    }
    if (!complaints.isEmpty()) {
      return false;
    }
    Victim last = goesOn ? alive.get(0) : start("", s -> s.with("untilCaughtUp", true));
    if (goesOn) {
      last.catchUp();
    }
    if (!last.awaitEnd(PATIENCE)) {
      complain("process " + last.pid() + " did not catch up within " + PATIENCE);
    } else if (last.exitCode() != 0) {
      complain("the last process ended with " + last.exitCode() + ": " + last.state().loud());
    }
    return !goesOn;
  }

  /** Kills whatever still runs. */
  public void clear() throws InterruptedException {
    world.calm();
    for (Victim victim : victims) {
      victim.kill();
    }
  }
}
