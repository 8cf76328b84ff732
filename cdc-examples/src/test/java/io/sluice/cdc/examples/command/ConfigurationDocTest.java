package io.sluice.cdc.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares docs/configuration.md with {@link Key}. */
class ConfigurationDocTest {
  @Test
  void documents_every_key_with_its_form_default_and_what_is_allowed() throws Exception {
    List<String> documented =
        Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.lastIndexOf(" | ")))
            .toList();
    List<String> known =
        Arrays.stream(Key.values())
            .map(
                k ->
                    "| `"
                        + k.path()
                        + "` | "
                        + k.kind().words()
                        + " | "
                        + k.defaultText()
                        + " | "
                        + k.allowed())
            .toList();
    assertThat(documented).containsExactlyElementsOf(known);
  }

  @Test
  void shows_an_example_that_is_valid() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "configuration.md"));
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    String example = page.substring(start, page.indexOf("```", start));
    assertThat(ConfigFile.parse(example, Map.of("CDC_MYSQL_PASSWORD", "x")).pipeline())
        .isEqualTo("shop");
  }
}
