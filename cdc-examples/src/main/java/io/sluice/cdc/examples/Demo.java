package io.sluice.cdc.examples;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.examples.demo.DemoRun;
import io.sluice.cdc.examples.terminal.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The demo {@code bin/demo}: ends with 0 when the bucket and MySQL are equal, with 1 when not, with
 * 2 for bad usage.
 */
@Command(
    name = "demo",
    description =
        "Loads a shop from a disposable MySQL into a disposable S3, follows its changes, and checks every row.",
    mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {
  private static final int LONGEST_SECONDS = 86_400;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "How long transactions are written; ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep the files in this folder, which must be empty.")
  private @Nullable Path keep;

  @Option(
      names = "--query",
      description =
          "End with three questions to the files and their answers, in the SQL that bin/cdc sql prints.")
  private boolean query;

  @Option(names = "--verbose", description = "Log what happens to standard error.")
  private boolean verbose;

  /** Runs the demo and ends the JVM. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Demo()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw bad("--seconds: " + seconds + " is not within 1 to " + LONGEST_SECONDS);
    }
    if (verbose) {
      Logging.verbose();
    }
    try {
      return new DemoRun(seconds, folder(), System.out, query).run() ? 0 : 1;
    } catch (CdcException | IllegalStateException | SQLException e) {
      System.err.println(e.getMessage());
      if (verbose) {
        e.printStackTrace(System.err);
      }
      return 1;
    }
  }

  private Optional<Path> folder() throws IOException {
    Path folder = keep;
    if (folder == null) {
      return Optional.empty();
    }
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw bad("--keep: " + folder + " is not a folder");
      }
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw bad("--keep: " + folder + " is not empty; name a new folder");
        }
      }
    }
    return Optional.of(folder.toAbsolutePath().normalize());
  }

  private ParameterException bad(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
