package io.sluice.cdc.bench.run;

import io.sluice.cdc.bench.report.Sample;
import io.sluice.cdc.testkit.DisposableMySql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * MySQL's own command-line client, if there is one on the PATH: {@code mysql --quick} reads every
 * row and writes it as text to nowhere.
 *
 * @param version what it says of itself
 */
record WireClient(String version) {

  static Optional<WireClient> find() {
    try {
      Process process = new ProcessBuilder("mysql", "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(new WireClient(answer)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Reads all of these tables in one run. */
  Sample read(Runner runner, Bed bed, String database, List<String> tables, boolean tls, long rows)
      throws IOException, InterruptedException {
    Path statements = bed.work().resolve("select.sql");
    Files.write(statements, tables.stream().map(table -> "SELECT * FROM " + table + ";").toList());
    DisposableMySql mysql = bed.servers().mysql();
    ProcessBuilder program =
        new ProcessBuilder(
                "mysql",
                "--no-defaults",
                "--quick",
                "--protocol=TCP",
                "--host=" + mysql.host(),
                "--port=" + mysql.port(),
                "--user=" + mysql.rootUser(),
                encryption(tls),
                database)
            .redirectInput(statements.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(
                ProcessBuilder.Redirect.appendTo(bed.work().resolve("mysql.log").toFile()));
    program.environment().put("MYSQL_PWD", mysql.rootPassword());
    return runner.program(program, rows);
  }

  private String encryption(boolean tls) {
    if (version.contains("MariaDB")) {
      return tls ? "--ssl" : "--skip-ssl";
    }
    return tls ? "--ssl-mode=REQUIRED" : "--ssl-mode=DISABLED";
  }
}
