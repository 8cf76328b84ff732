package io.sluice.cdc.examples.command;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cdc sql}. */
@Command(
    name = "sql",
    description = {
      "Prints the SQL with which an engine reads the tables in the bucket: all rows, a view TABLE_current of the"
          + " present state, and TABLE_as_of for the state at a moment.",
      "It reads the commit log and asks MySQL nothing. Print it again after a structure has changed."
    })
final class SqlCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = {"-d", "--dialect"},
      required = true,
      paramLabel = "ENGINE",
      description = "athena, trino, spark or duckdb.")
  private String dialect = "";

  @Option(
      names = {"-t", "--table"},
      paramLabel = "DB.TABLE",
      description =
          "A table, or several by * and ?; written as in source.include. May be given again. All, when left out.")
  private List<String> tables = List.of();

  @Option(
      names = "--location",
      paramLabel = "PLACE",
      description =
          "Where the engine sees s3.final, when that is not what it calls it: s3a://lake/raw, or a folder with a copy.")
  private @Nullable String location;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = config.read();
    Problems problems = new Problems();
    SqlDialect engine = engine(problems);
    List<TablePattern> patterns = TablePatterns.parse(tables, problems);
    if (location != null && location.isBlank()) {
      problems.add("--location", location, "is no place; leave it out for s3.final");
    }
    problems.throwIfAny();
    try (S3Sink sink = settings.s3().sink()) {
      LakeSql sql = LakeSql.read(sink, new PipelineId(settings.pipeline()));
      String place = location == null ? settings.s3().target() : location;
      return print(sql.write(engine, place, wanted(sql, patterns)));
    }
  }

  private SqlDialect engine(Problems problems) {
    try {
      return SqlDialect.named(dialect);
    } catch (IllegalArgumentException e) {
      problems.add("--dialect", dialect, String.valueOf(e.getMessage()));
      return SqlDialect.DUCKDB;
    }
  }

  private static List<TableName> wanted(LakeSql sql, List<TablePattern> patterns) {
    if (patterns.isEmpty()) {
      return sql.tables();
    }
    TablePatterns.requireMatches(patterns, sql.tables());
    return sql.tables().stream()
        .filter(table -> patterns.stream().anyMatch(p -> p.matches(table)))
        .toList();
  }

  /** In UTF-8 whatever the terminal says, for names are in it and it is fed to other programs. */
  private static int print(LakeSql.Script script) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(script.sql());
    out.flush();
    script.refused().forEach(reason -> System.err.println("Refused: " + reason));
    return script.refused().isEmpty() ? CdcCommand.DONE : CdcCommand.STOPPED;
  }
}
