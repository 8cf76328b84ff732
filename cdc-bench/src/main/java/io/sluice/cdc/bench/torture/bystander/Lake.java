package io.sluice.cdc.bench.torture.bystander;

import io.sluice.cdc.bench.torture.ordeal.Figures;
import io.sluice.cdc.bench.torture.ordeal.Generation;
import io.sluice.cdc.bench.torture.ordeal.World;
import io.sluice.cdc.bench.torture.process.Repeating;
import io.sluice.cdc.bench.torture.process.TalkingProcess;
import io.sluice.cdc.testkit.check.DerivedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg tables that a Spark job keeps in step with the pipeline. The job is a process of its own,
 * which lives longer than a round and is killed at random moments. Used by one thread.
 */
final class Lake implements AutoCloseable {
  /** A Spark takes its time to start, and shall come to merge something before it dies. */
  private static final int LONGEST_LIFE_MILLIS = 25_000;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final World world;
  private final Path arguments;
  private final Path folder;
  private @Nullable TalkingProcess<State> job;
  private @Nullable Repeating deaths;
  private String following = "";
  private long exports;
  private long kills;
  private long mergesOfTheDead;
  private long counted;

  /**
   * What the job has told.
   *
   * @param merges runs that merged something
   * @param exported the last export, or empty
   * @param failed why it ended by itself, or empty
   */
  private record State(long merges, String exported, String failed) {
    State after(String event, String text) {
      return switch (event) {
        case "merged" -> new State(merges + 1, exported, failed);
        case "exported" -> new State(merges, text, failed);
        case "failed" -> new State(merges, exported, text);
        default -> this;
      };
    }
  }

  /**
   * A lake in the world's folder; nothing runs yet.
   *
   * @param arguments a file of arguments with which Java starts a JVM that has Spark and the job
   */
  Lake(World world, Path arguments) throws IOException {
    this.world = world;
    this.arguments = arguments;
    this.folder = Files.createDirectories(world.folder().resolve("lake"));
  }

  private TalkingProcess<State> start() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "@" + arguments,
            "io.sluice.cdc.spark.TorturedMerge",
            world.s3().endpoint().toString(),
            world.s3().region(),
            world.s3().accessKey(),
            world.s3().secretKey(),
            folder.resolve("warehouse").toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("spark.log").toFile()));
    TalkingProcess<State> started =
        TalkingProcess.start(builder, new State(0, "", ""), State::after);
    started.command("follow " + following + " " + World.FINAL);
    return started;
  }

  /** A round begins. */
  void attend(Generation generation, Random random) throws InterruptedException {
    if (!following.equals(generation.name())) {
      end();
      following = generation.name();
    }
    TalkingProcess<State> now = alive();
    now.command("follow " + following + " " + World.FINAL);
    deaths =
        Repeating.start(
            "lake",
            () -> random.nextInt(LONGEST_LIFE_MILLIS),
            () -> {
              if (failure().isEmpty()) {
                kills++;
                end();
                job = start();
              }
            });
  }

  private TalkingProcess<State> alive() {
    TalkingProcess<State> now = job;
    if (now == null) {
      now = start();
      job = now;
    }
    return now;
  }

  private String failure() {
    TalkingProcess<State> now = job;
    if (now == null) {
      return "";
    }
    String told = now.state().failed();
    return told.isEmpty() && now.over() ? "it ended by itself" : told;
  }

  private void end() throws InterruptedException {
    TalkingProcess<State> now = job;
    if (now != null) {
      mergesOfTheDead += now.state().merges();
      now.kill();
      job = null;
    }
  }

  /** From now on the job is left alive. */
  void leave() throws InterruptedException {
    Repeating now = deaths;
    deaths = null;
    if (now != null) {
      now.close();
    }
  }

  /**
   * Merges what is left and writes out what the lake and Spark's views hold.
   *
   * @return what is to be compared with MySQL
   * @throws MergeFailedException when the job failed
   */
  List<DerivedTables> settle() throws InterruptedException, IOException, MergeFailedException {
    Path export = folder.resolve("export-" + ++exports);
    TalkingProcess<State> now = alive();
    now.command("export " + export);
    if (!now.await(s -> s.exported().equals(export.toString()) || !s.failed().isEmpty(), PATIENCE)
        || !failure().isEmpty()) {
      String why = failure().isEmpty() ? "nothing came within " + PATIENCE : failure();
      throw new MergeFailedException(
          "the merge into the lake failed: " + why + " (see " + folder.resolve("spark.log") + ")");
    }
    return LakeExport.read(export);
  }

  /** What the last {@link #settle} wrote is no longer needed. */
  void forget() {
    Generation.delete(folder.resolve("export-" + exports));
  }

  /** Adds what happened since the last time. */
  void count(Figures figures) {
    TalkingProcess<State> now = job;
    long merges = mergesOfTheDead + (now == null ? 0 : now.state().merges());
    figures.count("merges into the lake", merges - counted);
    figures.count("kill -9 of the merge", kills);
    counted = merges;
    kills = 0;
  }

  @Override
  public void close() throws InterruptedException {
    leave();
    end();
  }
}
