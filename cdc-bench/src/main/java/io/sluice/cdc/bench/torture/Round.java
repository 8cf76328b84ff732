package io.sluice.cdc.bench.torture;

import io.sluice.cdc.bench.torture.bystander.Bystanders;
import io.sluice.cdc.bench.torture.bystander.MergeFailedException;
import io.sluice.cdc.bench.torture.judge.Judge;
import io.sluice.cdc.bench.torture.judge.Tidiness;
import io.sluice.cdc.bench.torture.ordeal.Catalogue;
import io.sluice.cdc.bench.torture.ordeal.Generation;
import io.sluice.cdc.bench.torture.ordeal.Ordeal;
import io.sluice.cdc.bench.torture.ordeal.Scene;
import io.sluice.cdc.bench.torture.ordeal.World;
import io.sluice.cdc.bench.torture.process.Repeating;
import io.sluice.cdc.bench.torture.workload.Schema;
import io.sluice.cdc.bench.torture.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One round: writers write, a reader looks on, the ordeal happens, the pipeline catches up,
 * everything is judged.
 */
final class Round {
  private static final int HUGE_ONE_IN = 8;
  private static final int LOOK_EVERY_MILLIS = 150;

  private final World world;
  private final Generation generation;
  private final Ordeal ordeal;
  private final Random random;
  private final Options options;
  private final Bystanders bystanders;

  Round(
      World world,
      Generation generation,
      Ordeal ordeal,
      Random random,
      Options options,
      Bystanders bystanders) {
    this.world = world;
    this.generation = generation;
    this.ordeal = ordeal;
    this.random = random;
    this.options = options;
    this.bystanders = bystanders;
  }

  RoundResult run(int number) throws Exception {
    long start = System.nanoTime();
    Scene scene = new Scene(world, generation, random, options.length());
    boolean fresh;
    long committed;
    try (Repeating reader =
        Repeating.start("onlooker", () -> LOOK_EVERY_MILLIS, generation.onlooker()::look)) {
      Workload workload = startWorkload();
      bystanders.attend(generation, new Random(random.nextLong()));
      try {
        ordeal.course().run(scene);
      } finally {
        world.calm();
        bystanders.leave();
        workload.close();
      }
      committed = workload.committed();
      fresh = scene.finish();
    } finally {
      scene.clear();
    }
    long ended = System.nanoTime();
    List<String> complaints = new ArrayList<>(scene.complaints());
    complaints.addAll(generation.onlooker().complaints());
    Judge.Verdict verdict = null;
    if (complaints.isEmpty()) {
      complaints.addAll(bystanders.tidy());
      verdict = judge(fresh, complaints);
    }
    bystanders.count(scene.figures());
    return new RoundResult(
        number,
        generation.name(),
        ordeal,
        scene.figures(),
        committed,
        verdict == null ? null : verdict.counts(),
        verdict == null ? 0 : verdict.transactions(),
        complaints,
        Duration.ofNanos(System.nanoTime() - ended),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Null when there was nothing to judge; what is wrong is added to the complaints. */
  private Judge.@Nullable Verdict judge(boolean fresh, List<String> complaints) throws Exception {
    try {
      Judge.Verdict verdict =
          Judge.judge(
              generation.checker(bystanders.settle(generation)),
              generation.onlooker(),
              Schema.sum(),
              tidiness(fresh));
      complaints.addAll(verdict.complaints());
      return verdict;
    } catch (MergeFailedException e) {
      complaints.add(String.valueOf(e.getMessage()));
      return null;
    } finally {
      bystanders.forget();
    }
  }

  private Workload startWorkload() {
    boolean alter = ordeal.fault().equals(Catalogue.DDL) || options.lake();
    boolean types =
        ordeal.fault().equals(Catalogue.TYPES) || (options.lake() && random.nextBoolean());
    return Workload.start(
        world.mysql(), generation.name(), random, random.nextInt(HUGE_ONE_IN) == 0, alter, types);
  }

  /**
   * Where the last process began before another one ended, that one may have left what only the
   * next start removes.
   */
  private List<String> tidiness(boolean fresh) {
    return fresh
        ? Tidiness.check(
            world.target(), generation.prefix(), world.temporary(), generation.temporaryPrefix())
        : List.of();
  }
}
