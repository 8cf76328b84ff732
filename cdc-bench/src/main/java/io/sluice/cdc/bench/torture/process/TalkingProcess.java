package io.sluice.cdc.bench.torture.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A process that tells what happens, an event a line: {@code @@ name text}. Other lines of its
 * output are not heard. Thread-safe; {@link #kill} when it is no longer needed.
 *
 * @param <S> what is known of it, an immutable object
 */
public final class TalkingProcess<S> {
  /** What every event's line begins with. */
  public static final String MARK = "@@";

  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(20);

  private final Process process;
  private final Ear<S> ear;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private S state;
  private boolean over;

  /**
   * Says what is known after an event.
   *
   * @param <S> what is known
   */
  @FunctionalInterface
  public interface Ear<S> {
    /** The state after an event; the same one for an event of no interest. */
    S after(S state, String event, String text);
  }

  private TalkingProcess(Process process, S state, Ear<S> ear) {
    this.process = process;
    this.state = state;
    this.ear = ear;
    Thread listener = new Thread(this::hear, "hears-" + process.pid());
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts one.
   *
   * @param state what is known before it has said anything
   */
  public static <S> TalkingProcess<S> start(ProcessBuilder builder, S state, Ear<S> ear) {
    try {
      return new TalkingProcess<>(builder.start(), state, ear);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + builder.command().get(0), e);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** What is known now. */
  public S state() {
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

  /** Whether the process is gone and everything that it said was heard. */
  public boolean over() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the condition holds, the process is gone, or the time is over; says whether the
   * condition holds.
   */
  public boolean await(Predicate<S> condition, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!condition.test(state) && !over && left > 0) {
        left = news.awaitNanos(left);
      }
      return condition.test(state);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of the process and everything that it said; says whether it has come. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    await(s -> false, atMost);
    return over();
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

  /** Writes a line to its standard input; one that is gone does not hear it. */
  public void command(String line) {
    OutputStream in = process.getOutputStream();
    try {
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException("process " + pid() + " does not listen", e);
      }
    }
  }

  private void hear() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 3);
        if (parts.length == 3 && parts[0].equals(MARK)) {
          change(ear.after(state(), parts[1], parts[2]), false);
        }
      }
      process.waitFor();
    } catch (IOException e) {
      // the pipe of a killed process may break instead of ending
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.onExit().join();
    change(state(), true);
  }

  private void change(S now, boolean ended) {
    lock.lock();
    try {
      state = now;
      over = ended;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
