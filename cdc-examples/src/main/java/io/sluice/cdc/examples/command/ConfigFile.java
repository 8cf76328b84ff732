package io.sluice.cdc.examples.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file: finds every key in it and refuses those that are not known. */
final class ConfigFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Problems problems;
  private final Map<Key, JsonNode> nodes = new EnumMap<>(Key.class);

  private ConfigFile(Problems problems) {
    this.problems = problems;
  }

  /**
   * The settings in the file.
   *
   * @throws ConfigurationException with everything that is wrong in it
   */
  static Settings read(Path file, Map<String, String> environment) {
    return parse(text(file), environment);
  }

  static Settings parse(String text, Map<String, String> environment) {
    Problems problems = new Problems();
    ConfigFile file = new ConfigFile(problems);
    file.root(tree(text));
    Settings settings =
        Settings.of(new Values(file.nodes, new Environment(environment), problems), problems);
    problems.throwIfAny();
    return settings;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          List.of("--config: '" + file + "' does not exist; name a YAML file"));
    } catch (IOException e) {
      throw new ConfigurationException(
          List.of("--config: '" + file + "' cannot be read as text: " + e.getMessage()));
    }
  }

  private static @Nullable JsonNode tree(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      String first = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new ConfigurationException(List.of(line + "is not YAML: " + first));
    }
  }

  private void root(@Nullable JsonNode root) {
    if (root == null || root.isMissingNode() || root.isNull()) {
      return;
    }
    if (!root.isObject()) {
      problems.add("the file holds no sections; begin with pipeline: NAME and source: ...");
      return;
    }
    root.properties().forEach(e -> top(e.getKey(), e.getValue()));
  }

  private void top(String name, JsonNode value) {
    if (!Key.isSection(name)) {
      leaf(name, value);
    } else if (value.isObject()) {
      value.properties().forEach(e -> leaf(name + "." + e.getKey(), e.getValue()));
    } else if (!value.isNull()) {
      problems.add(name, value, "is not a section; write its keys below it");
    }
  }

  private void leaf(String path, JsonNode value) {
    Key.named(path).ifPresentOrElse(key -> nodes.put(key, value), () -> unknown(path));
  }

  private void unknown(String path) {
    String near = Typos.nearest(path);
    problems.add(
        path + ": is not a known key" + (near == null ? "" : "; did you mean " + near + "?"));
  }
}
