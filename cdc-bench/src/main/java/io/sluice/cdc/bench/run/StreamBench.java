package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.Options;
import io.sluice.cdc.bench.child.Settings;
import io.sluice.cdc.bench.data.Backlog;
import io.sluice.cdc.bench.data.Numbers;
import io.sluice.cdc.bench.report.CaseResult;
import io.sluice.cdc.bench.report.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A backlog in the binlog: Sluice into the final bucket beside Debezium and the bare client, in
 * turns, plain and over TLS.
 */
public final class StreamBench {
  private static final String CLIENT = "client";
  private static final String DEBEZIUM = "debezium";
  private static final String SLUICE = "sluice";
  private static final int ROWS_PER_SMALL_CHANGE = 20;
  private static final int SMALL_NUMERATOR = 3;
  private static final long WARM_UP_CHANGES = 400_000;

  private final Bed bed;
  private final Options options;
  private final Runner runner;
  private final Progress progress;

  public StreamBench(Bed bed, Progress progress) {
    this.bed = bed;
    this.options = bed.options();
    this.runner = new Runner(bed);
    this.progress = progress;
  }

  /** Measures every backlog that is wanted. */
  public List<CaseResult> run() throws Exception {
    if (!options.small()) {
      warmUp();
    }
    List<CaseResult> results = new ArrayList<>();
    for (Backlog backlog : backlogs()) {
      results.addAll(measure(backlog));
    }
    return results;
  }

  private void warmUp() throws Exception {
    progress.say("A round that does not count, from which all JVMs keep their classes:");
    Backlog backlog = Backlog.both("warm_up", WARM_UP_CHANGES);
    Noted noted = write(backlog, 1);
    round(backlog, noted, false, 1, new CaseResult("(not counted)", SLUICE, ratios()));
  }

  private List<Backlog> backlogs() {
    long rows = options.rows();
    List<Backlog> all =
        options.growth()
            ? List.of(Backlog.large("backlog_1x", rows), Backlog.large("backlog_2x", rows * 2))
            : List.of(
                Backlog.large("large", rows),
                Backlog.small("small", rows * SMALL_NUMERATOR / ROWS_PER_SMALL_CHANGE));
    return all.stream().filter(backlog -> options.wantsCase(backlog.name())).toList();
  }

  private List<CaseResult> measure(Backlog backlog) throws Exception {
    Noted noted = write(backlog, options.repetitions());
    List<CaseResult> results = new ArrayList<>();
    for (boolean tls : options.growth() ? List.of(false) : List.of(false, true)) {
      CaseResult result =
          new CaseResult("stream " + backlog.name() + (tls ? " tls" : " plain"), SLUICE, ratios());
      result
          .facts()
          .put("changes", backlog.changes())
          .put("binlogBytes", noted.bytes())
          .put("tls", tls);
      for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
        round(backlog, noted, tls, repetition, result);
      }
      results.add(result);
    }
    return results;
  }

  private static Map<String, String> ratios() {
    Map<String, String> ratios = new LinkedHashMap<>();
    ratios.put("ratioToDebezium", DEBEZIUM);
    ratios.put("ratioToBinlogClient", CLIENT);
    return ratios;
  }

  /** Where everything begins to read. */
  private record Noted(String file, long position, Path debezium, long bytes) {}

  private Noted write(Backlog backlog, int repetitions) throws Exception {
    try (Connection connection = bed.connect()) {
      Numbers.make(connection, backlog.changes() / 2);
    }
    backlog.prepare(bed.source());
    Path debezium = noteDebezium(backlog);
    noteSluice(backlog, repetitions);
    progress.say("stream " + backlog.name() + ": writing " + backlog.changes() + " changes ...");
    BinlogPosition from = position();
    long begun = System.nanoTime();
    backlog.write(bed.source());
    long bytes = binlogBytes(from);
    progress.say(
        "... written in "
            + (System.nanoTime() - begun) / 1_000_000_000
            + " s, "
            + (bytes >> 20)
            + " MiB of binlog");
    return new Noted(from.file(), from.position(), debezium, bytes);
  }

  private Path noteDebezium(Backlog backlog) throws Exception {
    Path folder = Files.createDirectories(bed.work().resolve("debezium-" + backlog.name()));
    if (options.wants(DEBEZIUM)) {
      runner.baseline("debezium-note", bed.settings(backlog.name(), true).with("folder", folder));
    }
    return folder;
  }

  private void noteSluice(Backlog backlog, int repetitions) throws Exception {
    for (boolean tls : List.of(false, true)) {
      for (int repetition = 1; options.wants(SLUICE) && repetition <= repetitions; repetition++) {
        Settings settings = bed.settings(backlog.name(), tls);
        runner.sluice(
            "sluice-note", bed.sluiceSettings(settings, pipeline(backlog, tls, repetition)));
      }
    }
  }

  private static String pipeline(Backlog backlog, boolean tls, int repetition) {
    return backlog.name().replace('_', '-') + (tls ? "-tls-" : "-plain-") + repetition;
  }

  private void round(Backlog backlog, Noted noted, boolean tls, int repetition, CaseResult result)
      throws Exception {
    Settings settings = bed.settings(backlog.name(), tls).with("expected", backlog.changes());
    if (options.wants(CLIENT) && !options.growth()) {
      Settings from =
          settings.with("binlogFile", noted.file()).with("binlogPosition", noted.position());
      add(result, CLIENT, runner.baseline("binlog-client", from));
    }
    if (options.wants(SLUICE)) {
      add(result, SLUICE, sluice(backlog, settings, tls, repetition));
    }
    if (options.wants(DEBEZIUM) && !options.growth()) {
      Path state = copy(noted.debezium(), result.name() + repetition);
      add(result, DEBEZIUM, runner.baseline("debezium-stream", settings.with("folder", state)));
    }
  }

  private Sample sluice(Backlog backlog, Settings settings, boolean tls, int repetition)
      throws Exception {
    String pipeline = pipeline(backlog, tls, repetition);
    Sample sample = runner.sluice("sluice-stream", bed.sluiceSettings(settings, pipeline));
    if (options.checked() && repetition == options.repetitions()) {
      Equality.check(bed, pipeline, backlog.name(), List.of(), progress);
    }
    bed.forget(pipeline);
    return sample;
  }

  /** Debezium writes into its folder, so that each run gets one of its own. */
  private Path copy(Path folder, String name) throws Exception {
    Path copy = Files.createDirectories(bed.work().resolve(name.replace(' ', '-')));
    for (String file : List.of("offsets", "history")) {
      Files.copy(folder.resolve(file), copy.resolve(file));
    }
    return copy;
  }

  private void add(CaseResult result, String participant, Sample sample) {
    result.add(participant, sample);
    progress.say(result.name(), participant, sample);
  }

  /** A place in the binlog. */
  private record BinlogPosition(String file, long position) {}

  private BinlogPosition position() throws SQLException {
    try (Connection connection = bed.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                bed.mysqlVersion().startsWith("8.0")
                    ? "SHOW MASTER STATUS"
                    : "SHOW BINARY LOG STATUS")) {
      row.next();
      return new BinlogPosition(row.getString(1), row.getLong(2));
    }
  }

  private long binlogBytes(BinlogPosition from) throws SQLException {
    try (Connection connection = bed.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW BINARY LOGS")) {
      long bytes = -from.position();
      while (row.next()) {
        bytes += row.getString(1).compareTo(from.file()) >= 0 ? row.getLong(2) : 0;
      }
      return bytes;
    }
  }
}
