package io.sluice.cdc.examples.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every subcommand has. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The configuration file (YAML); docs/configuration.md lists its keys.")
  private Path file = Path.of("");

  Settings read() {
    return ConfigFile.read(file, System.getenv());
  }
}
