package io.sluice.cdc.examples.command;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.examples.terminal.Logging;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command with its subcommands. */
@Command(
    name = "cdc",
    description = "Keeps Parquet files on S3 in step with MySQL.",
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      CheckCommand.class,
      ReloadCommand.class,
      SqlCommand.class,
      CompactCommand.class
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:stopped, the message says why", "2:bad usage or configuration"})
public final class CdcCommand implements Runnable {
  /** All went as asked. */
  static final int DONE = 0;

  /** Something stopped it; the message on standard error says what. */
  static final int STOPPED = 1;

  /** The command line or the configuration is wrong. */
  static final int BAD_USAGE = 2;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens to standard error, and show where an error came from.")
  private boolean verbose;

  /** Runs the command line and returns the exit code. */
  public static int main(String... args) {
    CdcCommand command = new CdcCommand();
    CommandLine line = new CommandLine(command);
    line.setExecutionStrategy(command::execute);
    line.setParameterExceptionHandler(CdcCommand::explain);
    line.setExecutionExceptionHandler((e, where, parsed) -> command.fail(e, where.getErr()));
    return line.execute(args);
  }

  private int execute(CommandLine.ParseResult parsed) {
    if (verbose) {
      Logging.verbose();
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "Say what to do: run, plan, check, reload, sql or compact");
    }
  }

  private static int explain(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: cdc " + nameOf(e.getCommandLine()) + "--help");
    err.flush();
    return BAD_USAGE;
  }

  private static String nameOf(CommandLine line) {
    return line.getParent() == null ? "" : line.getCommandName() + " ";
  }

  private int fail(Exception e, PrintWriter err) {
    err.println(message(e));
    if (verbose) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof ConfigurationException ? BAD_USAGE : STOPPED;
  }

  private static String message(Exception e) {
    return e instanceof CdcException
        ? String.valueOf(e.getMessage())
        : "Unexpected: " + e + ". Try again with --verbose.";
  }
}
