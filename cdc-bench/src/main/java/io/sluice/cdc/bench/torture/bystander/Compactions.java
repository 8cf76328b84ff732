package io.sluice.cdc.bench.torture.bystander;

import io.sluice.cdc.bench.torture.ordeal.Figures;
import io.sluice.cdc.bench.torture.ordeal.Generation;
import io.sluice.cdc.bench.torture.ordeal.World;
import io.sluice.cdc.bench.torture.process.Repeating;
import io.sluice.cdc.bench.torture.process.TalkingProcess;
import io.sluice.cdc.bench.torture.victim.CompactMain;
import io.sluice.cdc.bench.torture.victim.Victim;
import io.sluice.cdc.bench.torture.victim.VictimSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Compaction of one pipeline's files during one round, killed at random moments. */
final class Compactions {
  private static final int LONGEST_LIFE_MILLIS = 15_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final World world;
  private final Generation generation;
  private final List<TalkingProcess<State>> processes = new ArrayList<>();
  private final Repeating deaths;
  private int kills;

  /** What a process has done. */
  private record State(long staged, long deleted, int skipped, int refused) {
    static final State NOTHING = new State(0, 0, 0, 0);

    State after(String event, String text) {
      return switch (event) {
        case "compacted" -> new State(staged + Long.parseLong(text), deleted, skipped, refused);
        case "deleted" -> new State(staged, deleted + Long.parseLong(text), skipped, refused);
        case "skipped" -> new State(staged, deleted, skipped + 1, refused);
        case "refused" -> new State(staged, deleted, skipped, refused + 1);
        default -> this;
      };
    }
  }

  private Compactions(World world, Generation generation, Random random) {
    this.world = world;
    this.generation = generation;
    processes.add(start(false));
    this.deaths =
        Repeating.start("compactions", () -> random.nextInt(LONGEST_LIFE_MILLIS), this::again);
  }

  static Compactions start(World world, Generation generation, Random random) {
    return new Compactions(world, generation, random);
  }

  private TalkingProcess<State> start(boolean once) {
    VictimSettings settings = generation.settings().with("once", once);
    ProcessBuilder builder =
        Victim.builder(
            CompactMain.class,
            world.classes(),
            world.classes().flags(false),
            settings,
            generation.log());
    return TalkingProcess.start(builder, State.NOTHING, State::after);
  }

  private void again() throws InterruptedException {
    kill();
    processes.add(start(false));
  }

  private void kill() throws InterruptedException {
    TalkingProcess<State> last = processes.get(processes.size() - 1);
    kills += last.alive() ? 1 : 0;
    last.kill();
  }

  /** Kills the last one; nothing is compacted from now on. */
  void close() throws InterruptedException {
    try {
      deaths.close();
    } finally {
      kill();
    }
  }

  /** Removes what dead compactions left, when nothing else happens any more. */
  List<String> tidy() throws InterruptedException {
    TalkingProcess<State> last = start(true);
    processes.add(last);
    if (!last.awaitEnd(PATIENCE)) {
      last.kill();
      return List.of("a compaction did not end within " + PATIENCE);
    }
    return last.exitCode() == 0 && last.state().refused() == 0
        ? List.of()
        : List.of(
            "a compaction failed after the faults were gone, see the log: ended with "
                + last.exitCode());
  }

  void count(Figures figures) {
    figures.count("kill -9 of compaction", kills);
    for (TalkingProcess<State> process : processes) {
      figures.count("compacted files staged", process.state().staged());
      figures.count("replaced files deleted", process.state().deleted());
      figures.count("compactions that skipped a day", process.state().skipped());
      figures.count("compactions that failed", process.state().refused());
    }
  }
}
