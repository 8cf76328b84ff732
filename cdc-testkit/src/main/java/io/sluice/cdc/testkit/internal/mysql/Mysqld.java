package io.sluice.cdc.testkit.internal.mysql;

import io.sluice.cdc.testkit.internal.process.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server binary that was seen to run here.
 *
 * @param binary the {@code mysqld}
 * @param version such as {@code 8.0.15}
 * @param baseOptions what every start needs before all other options
 * @param environment what the process needs in its environment
 */
record Mysqld(
    Path binary, String version, List<String> baseOptions, Map<String, String> environment) {
  private static final String PATH_SETTING = "cdc.test.mysql.path";
  private static final Pattern VERSION = Pattern.compile("Ver (\\d+\\.\\d+\\.\\d+)");

  /** The installed server that the setting names, else the bundled one. */
  static Mysqld find() {
    String installed = Setting.of(PATH_SETTING).orElse("");
    if (installed.isEmpty()) {
      Path folder = BundledMySql.folder();
      return examine(folder.resolve("bin").resolve("mysqld"), List.of("--basedir=" + folder));
    }
    Path binary = Path.of(installed).toAbsolutePath();
    if (!Files.isExecutable(binary)) {
      throw new IllegalStateException(
          PATH_SETTING + " names " + binary + ", which is not an executable mysqld");
    }
    return examine(binary, List.of());
  }

  private static Mysqld examine(Path binary, List<String> options) {
    Map<String, String> environment = Map.of();
    String answer = run(binary, environment);
    if (Libaio.isMissing(answer)) {
      environment = Libaio.environment();
      answer = run(binary, environment);
    }
    Matcher matcher = VERSION.matcher(answer);
    if (!matcher.find()) {
      throw new IllegalStateException(binary + " --version does not run here: " + answer.strip());
    }
    return new Mysqld(binary, matcher.group(1), baseOptions(options), environment);
  }

  private static List<String> baseOptions(List<String> options) {
    List<String> all = new ArrayList<>();
    all.add("--no-defaults"); // must be the first one
    all.addAll(options);
    if ("root".equals(System.getProperty("user.name"))) {
      all.add("--user=root"); // it refuses to run as root unless told so
    }
    return List.copyOf(all);
  }

  private static String run(Path binary, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(binary.toString(), "--no-defaults", "--version")
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + binary + ": " + e.getMessage(), e);
    }
  }

  /** The command that starts this server. */
  List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(baseOptions);
    command.addAll(options);
    return command;
  }
}
