package io.sluice.cdc.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdcCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream oldOut = System.out;
  private final PrintStream oldErr = System.err;

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(oldOut);
    System.setErr(oldErr);
  }

  @Test
  void says_its_version() {
    assertThat(CdcCommand.main("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Sluice ").doesNotContain("$");
  }

  @Test
  void helps() {
    assertThat(CdcCommand.main("run", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--config", "--until-caught-up", "--json", "Exit codes:");
  }

  @Test
  void ends_with_2_for_bad_usage() {
    assertThat(CdcCommand.main()).isEqualTo(2);
    assertThat(CdcCommand.main("walk")).isEqualTo(2);
    assertThat(CdcCommand.main("run")).isEqualTo(2);
    assertThat(errors()).contains("run, plan, check, reload, sql or compact", "--config");
  }

  @Test
  void ends_with_2_and_one_message_for_a_bad_configuration() throws Exception {
    Path file = Files.writeString(folder.resolve("shop.yaml"), "pipeline: 'a b'\nbatsch: {}\n");
    assertThat(CdcCommand.main("check", "--config", file.toString())).isEqualTo(2);
    assertThat(errors())
        .contains("The configuration has", "pipeline: 'a b'", "did you mean batch?")
        .doesNotContain("\tat ");
  }

  @Test
  void shows_where_an_error_came_from_when_asked() {
    assertThat(CdcCommand.main("check", "--config", "no-such.yaml", "--verbose")).isEqualTo(2);
    assertThat(errors()).contains("\tat ");
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
