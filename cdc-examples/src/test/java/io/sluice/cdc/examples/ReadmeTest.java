package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final int MOST_LINES = 15;

  @Test
  void shows_the_quickstart_that_is_compiled_and_run() throws IOException {
    List<String> shown = between(ROOT.resolve("README.md"), "```java", "```");
    List<String> compiled =
        between(
            Path.of("src/main/java/io/sluice/cdc/examples/Quickstart.java"),
            "// README begins",
            "// README ends");
    assertThat(shown).isEqualTo(compiled).hasSizeLessThanOrEqualTo(MOST_LINES);
  }

  @Test
  void links_only_to_pages_that_are_there() throws IOException {
    try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
      for (Path page :
          Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
              .filter(p -> p.toString().endsWith(".md"))
              .toList()) {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
          assertThat(page.resolveSibling(link.group(1))).as("link in " + page).exists();
        }
      }
    }
  }

  /** The lines between the marks, as far to the left as they go. */
  private static List<String> between(Path file, String begin, String end) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int from = indexOf(lines, begin, 0) + 1;
    return List.of(
        String.join("\n", lines.subList(from, indexOf(lines, end, from)))
            .stripIndent()
            .split("\n"));
  }

  private static int indexOf(List<String> lines, String mark, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(mark)) {
        return i;
      }
    }
    throw new AssertionError("no line " + mark);
  }
}
