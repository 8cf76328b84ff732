package io.sluice.cdc.s3.internal.stage;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the structures of every table from 1. A structure that is first seen gets a number at
 * once, which becomes part of the log with the first commit that uses it. Thread-safe.
 */
public final class SchemaVersions {
  private final Map<TableName, List<Version>> tables = new HashMap<>();

  /**
   * A structure and its number in its table.
   *
   * @param version from 1
   * @param schema the structure
   * @param committed whether the log has it
   */
  public record Version(int version, TableSchema schema, boolean committed) {}

  /** Adds one that the log has. */
  public synchronized void committed(int version, TableSchema schema) {
    List<Version> versions = versions(schema.table());
    versions.removeIf(v -> v.version() == version);
    versions.add(new Version(version, schema, true));
    versions.sort(Comparator.comparingInt(Version::version));
  }

  /** The number for rows of this structure, the latest if it had several. */
  public synchronized int of(TableSchema schema) {
    List<Version> versions = versions(schema.table());
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (versions.get(i).schema().equals(schema)) {
        return versions.get(i).version();
      }
    }
    return add(versions, schema);
  }

  /**
   * What a commit must add to the log.
   *
   * @param used the numbers that its files use, by table
   * @param announced structures that became known, in order
   */
  public synchronized List<Version> missing(
      Map<TableName, Set<Integer>> used, List<TableSchema> announced) {
    Map<TableName, Map<Integer, Version>> missing = new TreeMap<>();
    used.forEach(
        (table, numbers) ->
            versions(table).stream()
                .filter(v -> numbers.contains(v.version()))
                .forEach(v -> collect(missing, v)));
    Map<TableName, Version> current = new HashMap<>();
    for (TableSchema schema : announced) {
      Version version = next(schema, current.get(schema.table()));
      current.put(schema.table(), version);
      collect(missing, version);
    }
    return missing.values().stream().flatMap(m -> m.values().stream()).toList();
  }

  /** The version that a table moves to from its current one, or from the latest in the log. */
  private Version next(TableSchema schema, @Nullable Version current) {
    List<Version> versions = versions(schema.table());
    Version from = current == null ? latestCommitted(versions) : current;
    if (from != null && from.schema().equals(schema)) {
      return from;
    }
    int after = from == null ? 0 : from.version();
    for (Version version : versions) {
      if (version.version() > after && version.schema().equals(schema)) {
        return version;
      }
    }
    add(versions, schema);
    return versions.get(versions.size() - 1);
  }

  private static @Nullable Version latestCommitted(List<Version> versions) {
    Version latest = null;
    for (Version version : versions) {
      latest = version.committed() ? version : latest;
    }
    return latest;
  }

  private static void collect(Map<TableName, Map<Integer, Version>> missing, Version version) {
    if (!version.committed()) {
      missing
          .computeIfAbsent(version.schema().table(), t -> new TreeMap<>())
          .put(version.version(), version);
    }
  }

  private static int add(List<Version> versions, TableSchema schema) {
    int next = versions.stream().mapToInt(Version::version).max().orElse(0) + 1;
    versions.add(new Version(next, schema, false));
    return next;
  }

  private List<Version> versions(TableName table) {
    return tables.computeIfAbsent(table, t -> new ArrayList<>());
  }
}
