package io.sluice.cdc.bench.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a child is told on its standard input: one {@code name=value} a line, ended by an empty
 * line. Immutable.
 */
public record Settings(Map<String, String> values) {
  public Settings {
    values = Map.copyOf(values);
  }

  static Settings read(BufferedReader in) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      int equals = line.indexOf('=');
      values.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return new Settings(values);
  }

  /** These settings and one more, or another value for one. */
  public Settings with(String name, Object value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(name, value.toString());
    return new Settings(more);
  }

  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The child was not told " + name);
    }
    return value;
  }

  long number(String name) {
    return Long.parseLong(text(name));
  }

  int integer(String name) {
    return Integer.parseInt(text(name));
  }

  boolean tls() {
    return Boolean.parseBoolean(text("tls"));
  }

  String database() {
    return text("database");
  }
}
