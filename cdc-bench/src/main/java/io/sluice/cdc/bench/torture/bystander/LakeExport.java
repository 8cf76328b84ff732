package io.sluice.cdc.bench.torture.bystander;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cdc.testkit.check.DerivedTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the Spark job wrote out for the judge: a list of tables and, for each, a folder of Parquet
 * files.
 *
 * @param name what kind of tables these are
 * @param folders by database and table, both in JSON; empty for a table that was refused
 */
record LakeExport(String name, Map<String, String> folders) implements DerivedTables {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads {@code tables.json}: a list of {@code kind, database, table, folder}. */
  static List<DerivedTables> read(Path export) throws IOException {
    Map<String, Map<String, String>> kinds = new TreeMap<>();
    for (JsonNode table : JSON.readTree(export.resolve("tables.json").toFile())) {
      String folder = table.path("folder").asText();
      kinds
          .computeIfAbsent(table.path("kind").asText(), k -> new TreeMap<>())
          .put(
              key(table.path("database").asText(), table.path("table").asText()),
              folder.isEmpty() ? "" : export.resolve(folder).toString());
    }
    List<DerivedTables> all = new ArrayList<>();
    kinds.forEach((kind, folders) -> all.add(new LakeExport(kind, folders)));
    return all;
  }

  private static String key(String database, String table) {
    return JSON.createArrayNode().add(database).add(table).toString();
  }

  @Override
  public @Nullable String relation(String database, String table) {
    String folder = folders.get(key(database, table));
    return folder == null
        ? null
        : "read_parquet('" + folder.replace("'", "''") + "/*.parquet', hive_partitioning = false)";
  }

  @Override
  public boolean leavesOut(String database, String table) {
    return "".equals(folders.get(key(database, table)));
  }
}
