package io.sluice.cdc.bench.torture;

import io.sluice.cdc.bench.torture.ordeal.Catalogue;
import io.sluice.cdc.bench.torture.ordeal.Ordeal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param rounds how many rounds
 * @param seed what every choice follows from
 * @param only the fault to take alone, or empty
 * @param length how long an ordeal takes, about
 * @param folder where buckets and logs are kept when a round fails; null for a temporary folder
 * @param spark a file of arguments for a JVM with Spark, which merges into a lake meanwhile; null
 *     for a run without a lake
 */
public record Options(
    int rounds,
    long seed,
    String only,
    Duration length,
    @Nullable Path folder,
    @Nullable Path spark) {
  static final String USAGE =
      "usage: bin/torture [--rounds 20] [--seed S] [--only FAULT] [--seconds-per-round 4] [--lake] [--folder DIR] [--short]\n"
          + "faults: "
          + faults();

  private static final int DEFAULT_ROUNDS = 20;
  private static final String DEFAULT_SECONDS = "4";

  /** The command sets it to the file of arguments for Spark. */
  private static final String SPARK = "sluice.torture.spark";

  private static final List<String> KNOWN =
      List.of("rounds", "seed", "only", "seconds-per-round", "folder");

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException when it cannot be understood; the message says why
   */
  static Options parse(String[] words) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("--short")) {
        given.putIfAbsent("rounds", String.valueOf(DEFAULT_ROUNDS));
        given.putIfAbsent("seed", "1");
        continue;
      }
      if (words[i].equals("--lake")) {
        given.put("lake", sparkArguments());
        continue;
      }
      String name = words[i].replaceFirst("^--", "");
      if (!KNOWN.contains(name) || i + 1 == words.length) {
        throw new IllegalArgumentException("not understood: " + words[i]);
      }
      given.put(name, words[++i]);
    }
    String only = given.getOrDefault("only", "");
    if (!only.isEmpty()
        && Catalogue.all().stream().noneMatch(o -> o.fault().equalsIgnoreCase(only))) {
      throw new IllegalArgumentException("no such fault: " + only);
    }
    String folder = given.get("folder");
    String spark = given.get("lake");
    return new Options(
        Integer.parseInt(given.getOrDefault("rounds", String.valueOf(DEFAULT_ROUNDS))),
        Long.parseLong(given.getOrDefault("seed", String.valueOf(System.nanoTime() & 0xffffff))),
        only,
        Duration.ofMillis(
            (long)
                (1_000
                    * Double.parseDouble(
                        given.getOrDefault("seconds-per-round", DEFAULT_SECONDS)))),
        folder == null ? null : Path.of(folder),
        spark == null ? null : Path.of(spark));
  }

  private static String sparkArguments() {
    String arguments = System.getProperty(SPARK, "");
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("--lake needs the system property " + SPARK);
    }
    return arguments;
  }

  /** Whether the files are merged into a lake meanwhile, and tables are altered in every round. */
  boolean lake() {
    return spark != null;
  }

  /** A command that does the same again. */
  String command(int roundsNeeded) {
    return String.format(
        Locale.ROOT,
        "bin/torture --rounds %d --seed %d%s%s --seconds-per-round %s",
        roundsNeeded,
        seed,
        only.isEmpty() ? "" : " --only " + only,
        lake() ? " --lake" : "",
        length.toMillis() / 1e3);
  }

  private static String faults() {
    return String.join(" ", new TreeSet<>(Catalogue.all().stream().map(Ordeal::fault).toList()));
  }
}
