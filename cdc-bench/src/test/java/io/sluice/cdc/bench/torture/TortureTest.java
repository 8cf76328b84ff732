package io.sluice.cdc.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TortureTest {
  @TempDir Path folder;

  @Test
  @Tag("long")
  @Tag("servers")
  void aPipelineLivesThroughAFewRounds() throws Exception {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Options options =
        Options.parse(
            new String[] {
              "--rounds",
              "5",
              "--seed",
              "7",
              "--seconds-per-round",
              "2",
              "--folder",
              folder.toString()
            });
    boolean ok = new Torture(options, new PrintStream(told, true, StandardCharsets.UTF_8)).run();
    assertThat(ok).as(told.toString(StandardCharsets.UTF_8)).isTrue();
  }

  @Test
  void theCommandThatRepeatsARunIsUnderstood() {
    Options options =
        Options.parse(new String[] {"--rounds", "200", "--seed", "5", "--only", "F08"});
    String[] words = options.command(17).split(" ");
    Options again = Options.parse(java.util.Arrays.copyOfRange(words, 1, words.length));
    assertThat(again.seed()).isEqualTo(5);
    assertThat(again.only()).isEqualTo("F08");
    assertThat(again.rounds()).isEqualTo(17);
  }
}
