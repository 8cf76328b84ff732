package io.sluice.cdc.examples.command;

import io.sluice.cdc.config.ByteSize;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.examples.terminal.Json;
import io.sluice.cdc.s3.Compaction;
import io.sluice.cdc.s3.CompactionReport;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.sink.SinkLook;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cdc compact}. */
@Command(
    name = "compact",
    description = {
      "Rewrites the small files of days that are over into few large ones.",
      "They take the place of the small ones by a commit of the pipeline: one that runs makes it within a minute,"
          + " another at its next start. A later run deletes the small files. Run it once a day."
    })
final class CompactCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = {"-t", "--table"},
      paramLabel = "DB.TABLE",
      description =
          "A table, or several by * and ?; written as in source.include. May be given again. All, when left out.")
  private List<String> tables = List.of();

  @Option(
      names = "--target-size",
      paramLabel = "SIZE",
      defaultValue = "256MiB",
      description =
          "About how large files become; less than half of it is small. 1MiB to 512MiB, ${DEFAULT-VALUE} by itself.")
  private String targetSize = "";

  @Option(
      names = "--min-files",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Leave a day of a table alone that has fewer small files; ${DEFAULT-VALUE} by itself.")
  private int minFiles;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      defaultValue = "1d",
      description = "How long a day (UTC) must be over; ${DEFAULT-VALUE} by itself.")
  private String olderThan = "";

  @Option(
      names = "--keep",
      paramLabel = "TIME",
      defaultValue = "24h",
      description =
          "How long small files stay once the large one can be read, for queries that began before; ${DEFAULT-VALUE}"
              + " by itself.")
  private String keep = "";

  @Option(names = "--json", description = "Print what was done as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = config.read();
    Problems problems = new Problems();
    List<TablePattern> patterns = TablePatterns.parse(tables, problems);
    Compaction compaction = compaction(patterns, problems);
    problems.throwIfAny();
    PipelineId pipeline = new PipelineId(settings.pipeline());
    try (S3Sink sink = settings.s3().sink()) {
      requireMatches(patterns, sink.look(pipeline));
      CompactionReport report =
          sink.compact(
              pipeline,
              compaction,
              text -> {
                if (!json) {
                  System.err.println(text);
                }
              });
      System.out.println(
          json
              ? Json.line().put("type", "compact").putAllOf(report).toString()
              : words(report, compaction.keep()));
      report.skipped().forEach(text -> System.err.println("Left alone: " + text));
      return report.skipped().isEmpty() ? CdcCommand.DONE : CdcCommand.STOPPED;
    }
  }

  /** Whoever runs it once a day does not see that a pattern is misspelt. */
  private static void requireMatches(List<TablePattern> patterns, @Nullable SinkLook look) {
    if (look != null) {
      TablePatterns.requireMatches(
          patterns, look.state().schemas().stream().map(TableSchema::table).toList());
    }
  }

  private Compaction compaction(List<TablePattern> patterns, Problems problems) {
    return Compaction.DEFAULT
        .withTargetBytes(read("--target-size", targetSize, ByteSize::parse, 1L << 20, problems))
        .withMinFiles(minFiles)
        .withOlderThan(read("--older-than", olderThan, Durations::parse, Duration.ZERO, problems))
        .withKeep(read("--keep", keep, Durations::parse, Duration.ZERO, problems))
        .withTables(
            table -> patterns.isEmpty() || patterns.stream().anyMatch(p -> p.matches(table)));
  }

  private static <T> T read(
      String option, String text, Function<String, T> parse, T instead, Problems problems) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      problems.add(option, text, String.valueOf(e.getMessage()));
      return instead;
    }
  }

  private static String words(CompactionReport report, Duration keep) {
    double seconds = Math.max(report.took().toMillis(), 1) / 1e3;
    StringBuilder text = new StringBuilder();
    if (report.filesAfter() == 0) {
      text.append("Nothing to compact.");
    } else {
      text.append(
          String.format(
              Locale.ROOT,
              "%,d files (%s) became %,d (%s), %,d rows, in %.1f s: %.1f MB/s. The pipeline commits them within a minute"
                  + " while it runs, else at its next start.",
              report.filesBefore(),
              ByteSize.format(report.bytesBefore()),
              report.filesAfter(),
              ByteSize.format(report.bytesAfter()),
              report.rows(),
              seconds,
              report.bytesBefore() / 1e6 / seconds));
    }
    if (report.deletedFiles() > 0) {
      text.append(
          String.format(
              Locale.ROOT, " Deleted %,d files that were replaced before.", report.deletedFiles()));
    }
    if (report.commitsToDelete() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              " Files that %,d earlier commits replaced stay until they were kept for %s.",
              report.commitsToDelete(),
              keep));
    }
    if (report.hasMore()) {
      text.append(" There are more files than one run takes: run it again.");
    }
    return text.toString();
  }
}
