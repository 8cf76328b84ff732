package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.examples.demo.DemoRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoTest {
  @TempDir Path folder;

  @Test
  @Tag("servers")
  void shows_that_the_bucket_and_mysql_are_equal_and_keeps_the_files() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean equal =
        new DemoRun(
                2, Optional.of(folder), new PrintStream(out, true, StandardCharsets.UTF_8), true)
            .run();
    String told = out.toString(StandardCharsets.UTF_8);
    assertThat(equal).as(told).isTrue();
    assertThat(told)
        .containsPattern("rows loaded +332,000\n")
        .containsPattern("inserts +[1-9]")
        .containsPattern("updates +[1-9]")
        .containsPattern("deletes +[1-9]")
        .containsPattern("readable, p99 +[0-9.]+ s\n")
        .containsPattern("verdict +equal\n")
        .containsPattern(
            "best customers now[?]\\n[^?]+  name +orders +total\\n  (Ada|Béla|Chloé|Doğan|Eiji) [0-9]+ ")
        .containsPattern(
            "before the traffic[?]\\n[^?]+  status +before_traffic +now\\n  \\w+ +[1-9][0-9]* +[1-9]")
        .containsPattern(
            "changed most[?]\\n[^?]+  id +op +seq +committed +status +total\\n  [0-9]+ +[rc] +[0-9]+ ")
        .contains("SELECT status, count(*)", "The files stay in " + folder);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).anyMatch(file -> file.toString().endsWith("-change.parquet"));
    }
  }

  @Test
  void refuses_a_folder_that_holds_something() throws Exception {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThat(new CommandLine(new Demo()).execute("--keep", folder.toString())).isEqualTo(2);
  }
}
