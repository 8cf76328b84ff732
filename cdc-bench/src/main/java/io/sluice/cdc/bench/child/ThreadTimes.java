package io.sluice.cdc.bench.child;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * CPU time by the name of threads, those of the collector and the compiler among them, which a
 * flight recording does not sample. It looks a few times a second, so that it also knows threads
 * that have ended. Only where the system tells.
 */
final class ThreadTimes {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final long PAUSE_NANOS = 100_000_000;
  private static final double TICKS_PER_SECOND = 100;

  private final Map<String, Double> secondsByThread = new ConcurrentHashMap<>();

  /** Begins to look. */
  static ThreadTimes start() {
    ThreadTimes times = new ThreadTimes();
    Thread thread = new Thread(times::run, "thread-times");
    thread.setDaemon(true);
    thread.start();
    return times;
  }

  private void run() {
    while (Files.isDirectory(TASKS)) {
      look();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void look() {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(TASKS)) {
      for (Path thread : threads) {
        note(thread);
      }
    } catch (IOException e) {
      // Looked at again soon.
    }
  }

  private void note(Path thread) {
    try {
      String line = Files.readString(thread.resolve("stat"));
      int end = line.lastIndexOf(')');
      String[] words = line.substring(end + 2).split(" ");
      double seconds = (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS_PER_SECOND;
      secondsByThread.put(
          thread.getFileName() + " " + line.substring(line.indexOf('(') + 1, end), seconds);
    } catch (IOException e) {
      // It has just ended.
    }
  }

  /** Seconds by name, numbers in names left out, the largest first. */
  @Override
  public String toString() {
    look();
    Map<String, Double> byName = new TreeMap<>();
    secondsByThread.forEach(
        (thread, seconds) ->
            byName.merge(
                thread.replaceFirst("\\d+ ", "").replaceAll("(?<=.{3})[-#.:]?\\d+.*", ""),
                seconds,
                Double::sum));
    return byName.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
