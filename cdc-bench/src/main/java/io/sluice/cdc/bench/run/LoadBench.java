package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.Options;
import io.sluice.cdc.bench.child.Settings;
import io.sluice.cdc.bench.data.Dataset;
import io.sluice.cdc.bench.data.Numbers;
import io.sluice.cdc.bench.report.CaseResult;
import io.sluice.cdc.bench.report.Sample;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The full load: Sluice into the final bucket beside the wire and Debezium's snapshot, in turns.
 */
public final class LoadBench {
  private static final String CLIENT = "mysql";
  private static final String JDBC = "jdbc";
  private static final String DEBEZIUM = "debezium";
  private static final String SLUICE = "sluice";
  private static final int FULL_SMALL_TABLES = 1_000;
  private static final int SHORT_SMALL_TABLES = 100;

  private final Bed bed;
  private final Options options;
  private final Runner runner;
  private final Optional<WireClient> client;
  private final Progress progress;

  public LoadBench(Bed bed, Progress progress) {
    this.bed = bed;
    this.options = bed.options();
    this.runner = new Runner(bed);
    this.client = options.wants(CLIENT) ? WireClient.find() : Optional.empty();
    this.progress = progress;
  }

  public List<CaseResult> run() throws Exception {
    progress.say(
        client
            .map(c -> "The wire is " + c.version() + ", and a JDBC streaming read beside it.")
            .orElse("No mysql client on the PATH: the wire is the JDBC streaming read."));
    List<Dataset> sets =
        options.growth()
            ? Dataset.growth(options.rows())
            : Dataset.all(options.rows(), options.small() ? SHORT_SMALL_TABLES : FULL_SMALL_TABLES);
    sets = sets.stream().filter(set -> options.wantsCase(set.name())).toList();
    long numbers = sets.stream().mapToLong(Dataset::rowsPerTable).max().orElse(1);
    try (Connection connection = bed.connect()) {
      Numbers.make(connection, Math.max(numbers, Dataset.WARM_UP.rowsPerTable()));
    }
    if (!options.small()) {
      warmUp();
    }
    List<CaseResult> results = new ArrayList<>();
    for (Dataset set : sets) {
      results.add(measure(set));
    }
    return results;
  }

  private void warmUp() throws Exception {
    progress.say("A round that does not count, from which all JVMs keep their classes:");
    Dataset.WARM_UP.make(bed.source());
    round(Dataset.WARM_UP, 0, new CaseResult("(not counted)", SLUICE, ratios()));
    Dataset.WARM_UP.drop(bed.source());
  }

  private CaseResult measure(Dataset set) throws Exception {
    progress.say("load " + set.name() + ": making " + set.rows() + " rows ...");
    set.make(bed.source());
    CaseResult result = new CaseResult("load " + set.name(), SLUICE, ratios());
    result
        .facts()
        .put("rows", set.rows())
        .put("tables", set.tables())
        .put("columns", set.shape().columns().size());
    result.facts().put("wire", client.isPresent() ? CLIENT : JDBC).put("tls", options.tls());
    for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
      round(set, repetition, result);
    }
    set.drop(bed.source());
    return result;
  }

  private Map<String, String> ratios() {
    Map<String, String> ratios = new LinkedHashMap<>();
    ratios.put("ratioToWire", client.isPresent() ? CLIENT : JDBC);
    ratios.put("ratioToDebezium", DEBEZIUM);
    return ratios;
  }

  private void round(Dataset set, int repetition, CaseResult result) throws Exception {
    Settings settings = bed.settings(set.name(), options.tls()).with("expected", set.rows());
    if (options.wants(JDBC)) {
      Sample sample = runner.baseline("jdbc", settings);
      result
          .facts()
          .put(
              "valueBytesPerRow",
              Long.parseLong(sample.more().get("bytes")) / Math.max(1, sample.rows()));
      add(result, JDBC, sample);
    }
    if (client.isPresent()) {
      add(
          result,
          CLIENT,
          client.get().read(runner, bed, set.name(), set.tableNames(), options.tls(), set.rows()));
    }
    if (options.wants(SLUICE)) {
      add(result, SLUICE, sluice(set, settings, repetition));
    }
    if (options.wants(DEBEZIUM) && !options.growth()) {
      add(result, DEBEZIUM, runner.baseline("debezium-snapshot", settings));
    }
  }

  private Sample sluice(Dataset set, Settings settings, int repetition) throws Exception {
    String pipeline = "load-" + set.name().replace('_', '-') + "-" + repetition;
    Sample sample = runner.sluice("sluice-load", bed.sluiceSettings(settings, pipeline));
    if (options.checked() && repetition == options.repetitions()) {
      Equality.check(bed, pipeline, set.name(), set.tableNames(), progress);
    }
    bed.forget(pipeline);
    return sample;
  }

  private void add(CaseResult result, String participant, Sample sample) {
    result.add(participant, sample);
    progress.say(result.name(), participant, sample);
  }
}
