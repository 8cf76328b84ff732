package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.child.Settings;
import io.sluice.cdc.bench.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Runs jobs in processes of their own and takes what they and the servers used. */
final class Runner {
  private static final int BASELINE_HEAP_MIB = 1024;

  private final Bed bed;

  Runner(Bed bed) {
    this.bed = bed;
  }

  /** What a job does while it is measured, or with it. */
  @FunctionalInterface
  interface During {
    void run(Child child) throws Exception;
  }

  /** Runs a baseline, which gets more heap than Sluice. */
  Sample baseline(String job, Settings settings) throws Exception {
    return measure(
        job, settings, List.of("-Xmx" + BASELINE_HEAP_MIB + "m"), (name, value) -> {}, child -> {});
  }

  /** Runs Sluice with the heap that was asked for. */
  Sample sluice(String job, Settings settings) throws Exception {
    return sluice(job, settings, (name, value) -> {}, child -> {});
  }

  Sample sluice(String job, Settings settings, BiConsumer<String, String> listener, During during)
      throws Exception {
    Settings told =
        bed.options().profiles().isPresent() ? settings.with("byThread", true) : settings;
    return measure(job, told, sluiceFlags(job, settings), listener, during);
  }

  private List<String> sluiceFlags(String job, Settings settings) throws IOException {
    List<String> flags = new ArrayList<>(List.of("-Xmx" + bed.options().heapMiB() + "m"));
    flags.addAll(bed.options().jvmFlags());
    if (bed.options().profiles().isPresent() && !job.endsWith("-note")) {
      Path folder = Files.createDirectories(bed.options().profiles().get());
      Path file = folder.resolve(job + "-" + settings.text("pipeline") + ".jfr");
      flags.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file);
      flags.add("-Xlog:jfr*=error");
    }
    return flags;
  }

  private Sample measure(
      String job,
      Settings settings,
      List<String> flags,
      BiConsumer<String, String> listener,
      During during)
      throws Exception {
    Before before = new Before();
    Path log = bed.work().resolve(job + ".log");
    try (Child child = Child.start(job, settings, bed.classes().named(job), flags, log, listener)) {
      during.run(child);
      Map<String, String> told = child.await();
      return before.sample(told, Double.parseDouble(told.get("cpuNanos")) / 1e9);
    }
  }

  /** Measures a program that tells nothing of itself. */
  Sample program(ProcessBuilder program, long rows) throws IOException, InterruptedException {
    Before before = new Before();
    long begun = System.nanoTime();
    Process process = program.start();
    process.getOutputStream().close();
    int code = process.waitFor();
    long nanos = System.nanoTime() - begun;
    if (code != 0) {
      throw new IllegalStateException(program.command().get(0) + " ended with code " + code);
    }
    return before.sample(
        Map.of("rows", Long.toString(rows), "nanos", Long.toString(nanos)), Double.NaN);
  }

  /** The clocks of servers and machine when a job began. */
  private final class Before {
    private final long nanos = System.nanoTime();
    private final double mysql = Cpu.seconds(bed.servers().mysql().pid());
    private final double s3 = Cpu.seconds(bed.servers().s3().pid());
    private final double self = Cpu.seconds(ProcessHandle.current().pid());
    private final double machine = Cpu.machineSeconds();

    Sample sample(Map<String, String> told, double cpuSeconds) {
      double seconds = (System.nanoTime() - nanos) / 1e9;
      double mysqlSeconds = Cpu.seconds(bed.servers().mysql().pid()) - mysql;
      double s3Seconds = Cpu.seconds(bed.servers().s3().pid()) - s3;
      double ours =
          mysqlSeconds + s3Seconds + cpuSeconds + Cpu.seconds(ProcessHandle.current().pid()) - self;
      double foreign = (Cpu.machineSeconds() - machine - ours) / seconds;
      return new Sample(
          Long.parseLong(told.get("rows")),
          Double.parseDouble(told.get("nanos")) / 1e9,
          cpuSeconds,
          number(told, "peakRssBytes"),
          mysqlSeconds,
          s3Seconds,
          Double.isNaN(foreign) ? foreign : Math.max(0, foreign),
          told);
    }

    private static long number(Map<String, String> told, String name) {
      return Long.parseLong(told.getOrDefault(name, "0"));
    }
  }
}
