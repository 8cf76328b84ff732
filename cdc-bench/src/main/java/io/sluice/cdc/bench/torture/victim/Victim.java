package io.sluice.cdc.bench.torture.victim;

import io.sluice.cdc.bench.jvm.ClassArchive;
import io.sluice.cdc.bench.torture.process.TalkingProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A pipeline in a process of its own. Thread-safe; {@link #kill} when it is no longer needed. */
public final class Victim {
  private static final List<String> JVM =
      List.of(
          "-Xmx320m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dlogback.configurationFile=io/sluice/cdc/bench/torture/victim-logback.xml");

  private final TalkingProcess<State> process;

  /**
   * What is known of a victim.
   *
   * @param pipeline the name of its {@code PipelineState}
   * @param streamed whether it has come as far as the stream
   * @param commits commits that it made
   * @param promotions of which are promoted
   * @param loud why it stopped by itself, or null
   */
  public record State(
      String pipeline, boolean streamed, int commits, int promotions, @Nullable String loud) {
    State after(String event, String text) {
      return switch (event) {
        case "state" ->
            new State(text, streamed || text.equals("STREAMING"), commits, promotions, loud);
        case "committed" -> new State(pipeline, streamed, commits + 1, promotions, loud);
        case "promoted" -> new State(pipeline, streamed, commits, promotions + 1, loud);
        case "loud" -> new State(pipeline, streamed, commits, promotions, text);
        default -> this;
      };
    }
  }

  private Victim(TalkingProcess<State> process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param failPoint {@code name:nth} at which it dies, or empty
   * @param log where its log is appended
   * @param classes what it is started from
   */
  public static Victim start(
      VictimSettings settings, String failPoint, Path log, ClassArchive classes) {
    ProcessBuilder builder =
        builder(VictimMain.class, classes, classes.flags(settings.untilCaughtUp()), settings, log);
    if (!failPoint.isEmpty()) {
      builder.environment().put("SLUICE_FAILPOINT", failPoint);
    }
    return new Victim(
        TalkingProcess.start(builder, new State("NEW", false, 0, 0, null), State::after));
  }

  /** A small JVM over the class path of this one, whose log goes to the end of a file. */
  public static ProcessBuilder builder(
      Class<?> main, ClassArchive classes, List<String> flags, VictimSettings settings, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(flags);
    command.addAll(List.of("-cp", classes.classPath(), main.getName()));
    command.addAll(settings.words());
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** What is known now. */
  public State state() {
    return process.state();
  }

  /** Whether the process runs (or is stopped by a signal). */
  public boolean alive() {
    return process.alive();
  }

  /**
   * Waits until the condition holds, the process is gone, or the time is over; says whether the
   * condition holds.
   */
  public boolean await(Predicate<State> condition, Duration atMost) throws InterruptedException {
    return process.await(condition, atMost);
  }

  /** Waits for the end of the process and everything that it said; says whether it has come. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return process.awaitEnd(atMost);
  }

  /** The exit code of a process that is gone. */
  public int exitCode() {
    return process.exitCode();
  }

  /** {@code kill -9}; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Sends a signal, e.g. {@code TERM}. */
  public void signal(String name) throws InterruptedException {
    process.signal(name);
  }

  /** Asks it to end once it has caught up; one that is gone does not hear it. */
  public void catchUp() {
    process.command(VictimMain.CATCH_UP);
  }

  /** Asks it to close its pipeline twice at once. */
  public void closeTwice() {
    process.command(VictimMain.CLOSE_TWICE);
  }
}
