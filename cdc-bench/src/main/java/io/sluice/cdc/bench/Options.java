package io.sluice.cdc.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param command load, stream, memory, latency, soak, or all but soak
 * @param rows base size: rows of the largest load case, changes of the large backlog; the rest
 *     follows from it
 * @param repetitions of every participant
 * @param small whether this is a short round, made to see that all runs and not how fast
 * @param growth whether to measure how figures grow with the size, instead of the cases
 * @param tls whether the load uses TLS; the stream is measured both ways
 * @param heapMiB heap of Sluice's process
 * @param minutes how long to soak
 * @param cases only these; empty for all
 * @param participants only these; empty for all
 * @param profiles where recordings of Sluice's processes go
 * @param json where the figures go
 * @param jvmFlags more flags for Sluice's process
 * @param checked whether the bucket is compared with MySQL
 */
public record Options(
    String command,
    long rows,
    int repetitions,
    boolean small,
    boolean growth,
    boolean tls,
    int heapMiB,
    int minutes,
    Set<String> cases,
    Set<String> participants,
    Optional<Path> profiles,
    Optional<Path> json,
    List<String> jvmFlags,
    boolean checked) {
  static final String USAGE =
      """
      Usage: bin/bench [load|stream|memory|latency|soak|all] [options]
        --rows N           base size, 2000000 unless given (100000 with --short)
        --repetitions N    of every participant, 3 unless given (1 with --short)
        --short            small sizes: shows that everything runs, not how fast
        --growth           sizes that grow instead of the cases (load: 1x 4x 16x, stream: 1x 2x)
        --tls              load over TLS (stream is measured plain and over TLS)
        --minutes N        how long to soak, 20 unless given; soak is not in all
        --heap MIB         heap of Sluice's process, 384 unless given
        --case A,B         only these cases
        --participant A,B  only these participants
        --jvm "FLAGS"      more flags for Sluice's JVM, to try them
        --unchecked        leave out the comparison with MySQL, to try something
        --profile DIR      a flight recording of each of Sluice's runs; it costs some speed
        --json FILE        write the figures there too
      """;

  private static final List<String> COMMANDS =
      List.of("load", "stream", "memory", "latency", "soak", "all");
  private static final long FULL_ROWS = 2_000_000;
  private static final long SMALL_ROWS = 100_000;
  private static final int FULL_REPETITIONS = 3;

  /** Wrong usage; the message says what. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  static Options parse(String[] arguments) throws Wrong {
    Collector c = new Collector(new ArrayDeque<>(List.of(arguments)));
    c.readAll();
    long rows = c.rows > 0 ? c.rows : c.small ? SMALL_ROWS : FULL_ROWS;
    int repetitions = c.repetitions > 0 ? c.repetitions : c.small ? 1 : FULL_REPETITIONS;
    return new Options(
        c.command,
        rows,
        repetitions,
        c.small,
        c.growth,
        c.tls,
        c.heapMiB,
        c.minutes,
        c.cases,
        c.participants,
        c.profiles,
        c.json,
        c.jvmFlags,
        !c.unchecked);
  }

  /** Whether the case is wanted. */
  public boolean wantsCase(String name) {
    return cases.isEmpty() || cases.contains(name);
  }

  /** Whether the participant is wanted. */
  public boolean wants(String participant) {
    return participants.isEmpty() || participants.contains(participant);
  }

  /** Reads one word after the other. */
  private static final class Collector {
    private final Deque<String> words;
    private String command = "all";
    private long rows;
    private int repetitions;
    private boolean small;
    private boolean growth;
    private boolean tls;
    private int heapMiB = 384;
    private int minutes = 20;
    private Set<String> cases = Set.of();
    private Set<String> participants = Set.of();
    private Optional<Path> profiles = Optional.empty();
    private Optional<Path> json = Optional.empty();
    private List<String> jvmFlags = List.of();
    private boolean unchecked;

    Collector(Deque<String> words) {
      this.words = words;
    }

    void readAll() throws Wrong {
      if (!words.isEmpty() && !words.peek().startsWith("-")) {
        command = words.pop();
        if (!COMMANDS.contains(command)) {
          throw new Wrong(command + " is not one of " + COMMANDS);
        }
      }
      while (!words.isEmpty()) {
        read(words.pop());
      }
    }

    private void read(String option) throws Wrong {
      switch (option) {
        case "--rows" -> rows = number(option, 20_000, 1_000_000_000);
        case "--repetitions" -> repetitions = (int) number(option, 1, 100);
        case "--heap" -> heapMiB = (int) number(option, 64, 1_000_000);
        case "--minutes" -> minutes = (int) number(option, 1, 10_000);
        case "--short" -> small = true;
        case "--growth" -> growth = true;
        case "--tls" -> tls = true;
        case "--case" -> cases = Set.of(value(option).split(","));
        case "--participant" -> participants = Set.of(value(option).split(","));
        case "--jvm" -> jvmFlags = List.of(value(option).trim().split(" +"));
        case "--unchecked" -> unchecked = true;
        case "--profile" -> profiles = Optional.of(Path.of(value(option)).toAbsolutePath());
        case "--json" -> json = Optional.of(Path.of(value(option)).toAbsolutePath());
        default -> throw new Wrong(option + " is not an option");
      }
    }

    private String value(String option) throws Wrong {
      if (words.isEmpty()) {
        throw new Wrong(option + " needs a value");
      }
      return words.pop();
    }

    private long number(String option, long least, long most) throws Wrong {
      String text = value(option);
      try {
        long number = Long.parseLong(text.replace("_", ""));
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new Wrong(option + " takes a number from " + least + " to " + most + ", not " + text);
    }
  }
}
