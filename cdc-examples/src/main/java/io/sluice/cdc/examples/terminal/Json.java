package io.sluice.cdc.examples.terminal;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One line of JSON in the making. Not thread-safe. */
public final class Json {
  /** Times as ISO 8601. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(Duration.class, ToStringSerializer.instance))
          .build();

  private final ObjectNode node = MAPPER.createObjectNode();

  private Json() {}

  public static Json line() {
    return new Json();
  }

  public Json put(String name, String value) {
    node.put(name, value);
    return this;
  }

  public Json put(String name, long value) {
    node.put(name, value);
    return this;
  }

  public Json put(String name, double value) {
    node.put(name, value);
    return this;
  }

  public Json put(String name, boolean value) {
    node.put(name, value);
    return this;
  }

  public Json putAll(String name, List<String> values) {
    node.set(name, MAPPER.valueToTree(values));
    return this;
  }

  /** A record with its parts. */
  public Json putRecord(String name, Record value) {
    node.set(name, MAPPER.valueToTree(value));
    return this;
  }

  /** Several records. */
  public Json putRecords(String name, List<? extends Record> values) {
    node.set(name, MAPPER.valueToTree(values));
    return this;
  }

  /** The parts of a record, each under its own name. */
  public Json putAllOf(Record value) {
    node.setAll(MAPPER.<ObjectNode>valueToTree(value));
    return this;
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
