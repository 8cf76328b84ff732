package io.sluice.cdc.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cdc.bench.report.CaseResult;
import io.sluice.cdc.bench.report.LatencyResult;
import io.sluice.cdc.bench.report.Machine;
import io.sluice.cdc.bench.report.SoakResult;
import io.sluice.cdc.bench.report.Text;
import io.sluice.cdc.bench.run.Bed;
import io.sluice.cdc.bench.run.LatencyBench;
import io.sluice.cdc.bench.run.LoadBench;
import io.sluice.cdc.bench.run.MemoryBench;
import io.sluice.cdc.bench.run.Progress;
import io.sluice.cdc.bench.run.SoakBench;
import io.sluice.cdc.bench.run.StreamBench;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command {@code bin/bench}. Exit codes: 0 measured, 1 something failed, 2 bad usage. */
public final class BenchMain {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  private BenchMain() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      OUT.print(Options.USAGE);
      return 0;
    }
    try {
      measure(Options.parse(arguments));
      return 0;
    } catch (Options.Wrong e) {
      ERR.println(e.getMessage());
      ERR.print(Options.USAGE);
      return 2;
    } catch (Exception e) {
      ERR.println("The benchmark failed: " + e);
      e.printStackTrace(ERR);
      return 1;
    }
  }

  private static void measure(Options options) throws Exception {
    Progress progress = new Progress(ERR);
    List<CaseResult> results = new ArrayList<>();
    List<LatencyResult> latency = new ArrayList<>();
    try (Bed bed = Bed.open(options)) {
      Machine machine = Machine.look(bed.mysqlVersion());
      progress.say(machine.toString());
      if (wants(options, "load")) {
        results.addAll(new LoadBench(bed, progress).run());
      }
      if (wants(options, "stream")) {
        results.addAll(new StreamBench(bed, progress).run());
      }
      if (wants(options, "memory")) {
        results.addAll(new MemoryBench(bed, progress).run());
      }
      if (wants(options, "latency")) {
        latency.add(new LatencyBench(bed, progress).run());
      }
      Optional<SoakResult> soak =
          options.command().equals("soak")
              ? Optional.of(new SoakBench(bed, progress).run())
              : Optional.empty();
      bed.tidy();
      print(results);
      soak.ifPresent(result -> OUT.println("\n" + result.table()));
      latency.forEach(result -> OUT.println("\n" + result.table()));
      if (options.json().isPresent()) {
        List<ObjectNode> cases = new ArrayList<>();
        results.forEach(result -> cases.add(result.json()));
        latency.forEach(result -> cases.add(result.json()));
        soak.ifPresent(result -> cases.add(result.json()));
        Files.writeString(
            options.json().get(), machine.json(options, cases).toPrettyString() + "\n");
      }
    }
  }

  private static boolean wants(Options options, String command) {
    return options.command().equals(command) || options.command().equals("all");
  }

  private static void print(List<CaseResult> results) {
    String head = "";
    Text table = new Text();
    for (CaseResult result : results) {
      String kind = result.name().replaceFirst(" .*", "");
      if (!kind.equals(head)) {
        OUT.print(table);
        OUT.println();
        table = new Text();
        result.head(table);
        head = kind;
      }
      result.lines(table);
    }
    OUT.print(table);
  }
}
