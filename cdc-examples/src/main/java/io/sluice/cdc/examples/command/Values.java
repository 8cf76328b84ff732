package io.sluice.cdc.examples.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cdc.config.ByteSize;
import io.sluice.cdc.config.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a file by key. A value that cannot be read is a problem and counts as not given, so
 * that everything else is still checked. Not thread-safe.
 */
final class Values {

  private final Map<Key, JsonNode> nodes;
  private final Environment environment;
  private final Problems problems;

  Values(Map<Key, JsonNode> nodes, Environment environment, Problems problems) {
    this.nodes = nodes;
    this.environment = environment;
    this.problems = problems;
  }

  /** Whether the file names the key, be it with a value that cannot be read. */
  boolean isGiven(Key key) {
    return nodes.containsKey(key);
  }

  /** The value as text, with the variables of the environment filled in. */
  Optional<String> text(Key key) {
    JsonNode node = nodes.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isValueNode()) {
      Object shown = key.kind() == Kind.SECRET ? "a list or section" : node;
      problems.add(
          key.path(), shown, "is not one value; write " + article(key) + ": " + key.allowed());
      return Optional.empty();
    }
    return environment.fill(key.path(), node.asText(), problems);
  }

  /**
   * The value of a key that must be given: empty when it is not. What is given but cannot be read
   * was told already, so something stands in for it.
   */
  String required(Key key, String instead) {
    return text(key).orElse(isGiven(key) ? instead : "");
  }

  Optional<Long> number(Key key) {
    return text(key).flatMap(text -> number(key, text));
  }

  private Optional<Long> number(Key key, String text) {
    if (text.matches("-?\\d{1,18}")) {
      return Optional.of(Long.parseLong(text));
    }
    problems.add(key.path(), text, "is not a whole number; allowed is " + key.allowed());
    return Optional.empty();
  }

  /** A size in bytes. */
  Optional<Long> bytes(Key key) {
    return text(key).flatMap(text -> bytes(key, text));
  }

  private Optional<Long> bytes(Key key, String text) {
    try {
      return Optional.of(ByteSize.parse(text));
    } catch (IllegalArgumentException e) {
      problems.add(key.path(), text, e.getMessage() + "; allowed is " + key.allowed());
      return Optional.empty();
    }
  }

  Optional<Duration> duration(Key key) {
    return text(key).flatMap(text -> duration(key, text));
  }

  private Optional<Duration> duration(Key key, String text) {
    try {
      return Optional.of(Durations.parse(text));
    } catch (IllegalArgumentException e) {
      problems.add(key.path(), text, e.getMessage() + ": " + key.allowed());
      return Optional.empty();
    }
  }

  Optional<Boolean> flag(Key key) {
    return choice(key).map(Boolean::parseBoolean);
  }

  /** One of the key's choices, in lower case. */
  Optional<String> choice(Key key) {
    return text(key).flatMap(text -> choice(key, text));
  }

  private Optional<String> choice(Key key, String text) {
    String lower = text.trim().toLowerCase(Locale.ROOT).replace('_', '-');
    if (key.choices().contains(lower)) {
      return Optional.of(lower);
    }
    String near = Typos.nearest(lower, key.choices());
    String meant = near == null ? "" : "; did you mean " + near + "?";
    problems.add(key.path(), text, "is none of " + key.allowed() + meant);
    return Optional.empty();
  }

  /** What the file says, as it is, or null when it does not name the key. */
  @Nullable JsonNode node(Key key) {
    return nodes.get(key);
  }

  /** A list; one value counts as a list of one. */
  String[] list(Key key) {
    JsonNode node = nodes.get(key);
    List<String> texts = new ArrayList<>();
    if (node == null) {
      return new String[0];
    }
    if (!node.isArray()) {
      return text(key).map(text -> new String[] {text}).orElse(new String[0]);
    }
    for (JsonNode one : node) {
      if (one.isValueNode()) {
        environment.fill(key.path(), one.asText(), problems).ifPresent(texts::add);
      } else {
        problems.add(key.path(), one, "is not text; write a list such as [\"shop.*\"]");
      }
    }
    return texts.toArray(String[]::new);
  }

  private static String article(Key key) {
    return key.kind() == Kind.FLAG || key.kind() == Kind.CHOICE
        ? key.kind().words()
        : "a " + key.kind().words();
  }
}
