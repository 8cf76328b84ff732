package io.sluice.cdc.examples.command;

import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.ReloadRequest;
import io.sluice.cdc.s3.S3Sink;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cdc reload}. */
@Command(
    name = "reload",
    description = {
      "Asks the pipeline to load tables again: told to be empty first, then loaded, then followed as before.",
      "A pipeline that runs takes the request within 15 s, one that is stopped at its next start. Other tables are"
          + " untouched, but no change is committed while it loads."
    })
final class ReloadCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = {"-t", "--table"},
      required = true,
      paramLabel = "DB.TABLE",
      description =
          "A table, or several by * and ?; written as in source.include. May be given again.")
  private List<String> tables = List.of();

  @Option(
      names = "--wait",
      description = "Wait until the tables are loaded, and say on standard error how far they are.")
  private boolean wait;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = config.read();
    PipelineId pipeline = new PipelineId(settings.pipeline());
    List<TableName> wanted = wanted(settings);
    try (S3Sink sink = settings.s3().sink()) {
      List<ReloadRequest> requests = new ArrayList<>();
      for (TableName table : wanted) {
        requests.add(sink.requestReload(pipeline, table));
        System.out.println(table + ": to be loaded again");
      }
      return wait && !new ReloadWait(System.err).await(requests)
          ? CdcCommand.STOPPED
          : CdcCommand.DONE;
    }
  }

  /**
   * Every named table.
   *
   * @throws io.sluice.cdc.error.ConfigurationException for what names none that is loaded
   */
  private List<TableName> wanted(Settings settings) {
    SourceConfig source = settings.source().build();
    Problems problems = new Problems();
    if (settings.load().mode() == LoadMode.NEVER) {
      problems.add("load.mode", "never", "loads nothing; make it initial first");
    }
    List<TablePattern> patterns = TablePatterns.parse(tables, problems);
    problems.throwIfAny();
    List<TableName> wanted = new ArrayList<>();
    try {
      List<TableName> all = SourceTables.all(source);
      patterns.forEach(pattern -> add(pattern, all, source, wanted, problems));
    } catch (SQLException e) {
      throw SourceTables.unreadable(source, e);
    }
    problems.throwIfAny();
    return wanted.stream().distinct().sorted().toList();
  }

  private static void add(
      TablePattern pattern,
      List<TableName> all,
      SourceConfig source,
      List<TableName> wanted,
      Problems problems) {
    List<TableName> named = all.stream().filter(pattern::matches).toList();
    List<TableName> included = named.stream().filter(source::includes).toList();
    wanted.addAll(included);
    if (named.isEmpty()) {
      problems.add(
          "--table",
          pattern,
          "matches no table that the user '"
              + source.user()
              + "' can see; letters match exactly as they are written");
    } else if (included.isEmpty()) {
      problems.add("--table", pattern, "is not among the included tables; see source.include");
    }
  }
}
