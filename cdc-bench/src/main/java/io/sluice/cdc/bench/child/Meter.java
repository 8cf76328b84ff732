package io.sluice.cdc.bench.child;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Takes a child's time and prints its results, one {@code name=value} a line.
 *
 * <p>The clock runs from {@link #begin} to {@link #end}; the CPU time is that of the whole process
 * from its birth, start of the JVM and compilation included. Thread-safe.
 */
final class Meter {
  private static final long MEMORY_EVERY_NANOS = 5_000_000_000L;
  private static final Path STATUS = Path.of("/proc/self/status");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final @Nullable ThreadTimes threads;
  private final PeakHeap heap = PeakHeap.watch();
  private volatile long begun;
  private volatile long memoryToldNanos = System.nanoTime();

  /** A meter that also takes the time of every thread, if so wanted. */
  Meter(boolean byThread) {
    this.threads = byThread ? ThreadTimes.start() : null;
  }

  /** The work begins. */
  void begin() {
    begun = System.nanoTime();
  }

  /** The first row may come now: what was before is the start. */
  void started() {
    print("startSeconds", String.format(Locale.ROOT, "%.2f", (System.nanoTime() - begun) / 1e9));
  }

  /** The work has ended, and this many rows came through. */
  void end(long rows) {
    long nanos = System.nanoTime() - begun;
    print("rows", rows);
    print("nanos", nanos);
    print("cpuNanos", cpuNanos());
    print("peakRssBytes", residentBytes("VmHWM:"));
    print("peakHeapBytes", heap.bytes());
    print("keptHeapBytes", heap.keptBytes());
    if (threads != null) {
      print("threads", threads);
    }
  }

  /** Tells the memory of now, resident and what the last collection left, now and then. */
  void memory() {
    long now = System.nanoTime();
    if (now - memoryToldNanos >= MEMORY_EVERY_NANOS) {
      memoryToldNanos = now;
      print("memory", residentBytes("VmRSS:") + " " + heap.keptLastBytes());
    }
  }

  /** Tells the parent something. */
  void print(String name, Object value) {
    out.println(name + "=" + value);
  }

  /** Waits until the parent says stop. */
  void awaitStop() throws InterruptedException {
    stop.await();
  }

  void stop() {
    stop.countDown();
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** 0 where the system does not tell. */
  private static long residentBytes(String name) {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
