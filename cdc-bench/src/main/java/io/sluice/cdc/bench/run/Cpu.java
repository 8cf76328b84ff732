package io.sluice.cdc.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** CPU time of processes and of the whole machine. */
final class Cpu {
  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICKS_PER_SECOND = 100;
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  private Cpu() {}

  /** Seconds that the process has used; NaN when it is gone or may not be looked at. */
  static double seconds(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Cpu::seconds)
        .orElse(Double.NaN);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /**
   * Seconds that all cores together were busy since the machine started; NaN where the system does
   * not tell.
   */
  static double machineSeconds() {
    if (!Files.isReadable(STAT)) {
      return Double.NaN;
    }
    try {
      String[] words = Files.readAllLines(STAT).get(0).split("\\s+");
      long ticks = 0;
      for (int i = 1; i <= STEAL; i++) {
        ticks += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(words[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
