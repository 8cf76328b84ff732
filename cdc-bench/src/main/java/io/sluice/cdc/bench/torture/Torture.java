package io.sluice.cdc.bench.torture;

import io.sluice.cdc.bench.torture.bystander.Bystanders;
import io.sluice.cdc.bench.torture.ordeal.Catalogue;
import io.sluice.cdc.bench.torture.ordeal.Figures;
import io.sluice.cdc.bench.torture.ordeal.Generation;
import io.sluice.cdc.bench.torture.ordeal.Ordeal;
import io.sluice.cdc.bench.torture.ordeal.World;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A run of many rounds over many pipelines on one pair of servers. It ends with the first round
 * that fails.
 */
public final class Torture {
  private static final int LONGEST_GENERATION = 8;
  private static final int MOST_COMPLAINTS = 15;

  private final Options options;
  private final PrintStream out;
  private final Random random;
  private final Deque<Ordeal> deck = new ArrayDeque<>();
  private final Figures figures = new Figures();
  private final Totals totals = new Totals();
  private @Nullable Generation generation;
  private int generations;
  private int age;

  /** A run as the options say, told on the stream. */
  public Torture(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.random = new Random(options.seed());
  }

  /** Runs; says whether every round went well. */
  public boolean run() throws Exception {
    Path folder = folder();
    long start = System.nanoTime();
    boolean ok = true;
    try (World world = new World(folder);
        Bystanders bystanders = new Bystanders(world, options.spark())) {
      out.println(
          "MySQL " + world.mysql().version() + ", seed " + options.seed() + ", folder " + folder);
      for (int round = 1; ok && round <= options.rounds(); round++) {
        ok = round(world, bystanders, round);
      }
      out.println(totals.inWords(Duration.ofNanos(System.nanoTime() - start)));
      out.println("done to the pipeline: " + figures.inWords());
    }
    if (ok && options.folder() == null) {
      remove(folder);
    }
    return ok;
  }

  private boolean round(World world, Bystanders bystanders, int number) throws Exception {
    Ordeal ordeal = next();
    Random own = new Random(random.nextLong());
    if (generation == null || ordeal.load() || age >= 2 + own.nextInt(LONGEST_GENERATION)) {
      renew(world, own);
    }
    Generation now = generation;
    if (now == null) {
      throw new IllegalStateException("unreachable: it was renewed");
    }
    age++;
    RoundResult result = new Round(world, now, ordeal, own, options, bystanders).run(number);
    figures.add(result.figures());
    totals.add(result, now.onlooker());
    out.println(result.line());
    if (!result.ok()) {
      List<String> complaints = result.complaints();
      complaints.stream().limit(MOST_COMPLAINTS).forEach(c -> out.println("      - " + c));
      if (complaints.size() > MOST_COMPLAINTS) {
        out.println("      and " + (complaints.size() - MOST_COMPLAINTS) + " more");
      }
      out.println("Again: " + options.command(number));
      out.println(
          "Kept: "
              + world.folder()
              + " (buckets in s3, the pipeline's log in "
              + now.log().getFileName()
              + ")");
    }
    return result.ok();
  }

  private void renew(World world, Random own) throws Exception {
    if (generation != null) {
      generation.remove();
    }
    generation = Generation.create(world, ++generations, own);
    age = 0;
  }

  private Ordeal next() {
    if (deck.isEmpty()) {
      deck.addAll(Catalogue.deck(options.only(), random));
    }
    return deck.pop();
  }

  private Path folder() throws IOException {
    Path given = options.folder();
    return given == null
        ? Files.createTempDirectory("sluice-torture-")
        : Files.createDirectories(given);
  }

  private static void remove(Path folder) {
    Generation.delete(folder);
  }
}
