package io.sluice.cdc.bench.torture.victim;

import io.sluice.cdc.bench.jvm.ClassArchive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A pipeline in a process of its own. Thread-safe; {@link #kill} when it is no longer needed. */
public final class Victim {
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(20);
  private static final List<String> JVM =
      List.of(
          "-Xmx320m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dlogback.configurationFile=io/sluice/cdc/bench/torture/victim-logback.xml");

  private final Process process;
  private final Thread ear;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private State state = new State("NEW", false, 0, 0, null, false);

  /**
   * What is known of a victim.
   *
   * @param pipeline the name of its {@code PipelineState}
   * @param streamed whether it has come as far as the stream
   * @param commits commits that it made
   * @param promotions of which are promoted
   * @param loud why it stopped by itself, or null
   * @param over whether the process is gone
   */
  public record State(
      String pipeline,
      boolean streamed,
      int commits,
      int promotions,
      @Nullable String loud,
      boolean over) {
    State after(String event, String text) {
      return switch (event) {
        case "state" ->
            new State(text, streamed || text.equals("STREAMING"), commits, promotions, loud, over);
        case "committed" -> new State(pipeline, streamed, commits + 1, promotions, loud, over);
        case "promoted" -> new State(pipeline, streamed, commits, promotions + 1, loud, over);
        case "loud" -> new State(pipeline, streamed, commits, promotions, text, over);
        case "over" -> new State(pipeline, streamed, commits, promotions, loud, true);
        default -> this;
      };
    }
  }

  private Victim(Process process) {
    this.process = process;
    this.ear = new Thread(this::hear, "victim-" + process.pid());
    ear.setDaemon(true);
    ear.start();
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(classes.flags(settings.untilCaughtUp()));
    command.addAll(List.of("-cp", classes.classPath(), VictimMain.class.getName()));
    command.addAll(settings.words());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (!failPoint.isEmpty()) {
      builder.environment().put("SLUICE_FAILPOINT", failPoint);
    }
    try {
      return new Victim(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a victim", e);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** What is known now. */
  public State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the process runs (or is stopped by a signal). */
  public boolean alive() {
    return process.isAlive();
  }

  /**
   * Waits until the condition holds, the process is gone, or the time is over; says whether the
   * condition holds.
   */
  public boolean await(Predicate<State> condition, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!condition.test(state) && !state.over() && left > 0) {
        left = news.awaitNanos(left);
      }
      return condition.test(state);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of the process and everything that it said; says whether it has come. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    await(State::over, atMost);
    return state().over();
  }

  /** The exit code of a process that is gone. */
  public int exitCode() {
    return process.exitValue();
  }

  /** {@code kill -9}; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!awaitEnd(KILL_TIMEOUT)) {
      throw new IllegalStateException("process " + pid() + " survived kill -9");
    }
  }

  /** Sends a signal, e.g. {@code TERM}. */
  public void signal(String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send SIG" + name, e);
    }
  }

  /** Asks it to end once it has caught up; one that is gone does not hear it. */
  public void catchUp() {
    command(VictimMain.CATCH_UP);
  }

  /** Asks it to close its pipeline twice at once. */
  public void closeTwice() {
    command(VictimMain.CLOSE_TWICE);
  }

  private void command(String name) {
    OutputStream in = process.getOutputStream();
    try {
      in.write((name + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException("the victim does not listen", e);
      }
    }
  }

  private void hear() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 3);
        if (parts.length == 3 && parts[0].equals(Voice.MARK)) {
          change(parts[1], parts[2]);
        }
      }
      process.waitFor();
    } catch (IOException e) {
      // the pipe of a killed process may break instead of ending
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.onExit().join();
    change("over", "");
  }

  private void change(String event, String text) {
    lock.lock();
    try {
      state = state.after(event, text);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
