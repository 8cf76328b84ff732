package io.sluice.cdc.spark.internal.lake;

import io.sluice.cdc.event.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * What a table is called in the lake, by a pattern such as {@code lake.{database}.{table}}.
 * Catalogues take lower case letters, digits and underscores; a name that has others gets a suffix
 * that follows from it alone, so that no two tables meet and none is ever renamed.
 *
 * @param parts of the pattern, the catalogue first
 */
public record TableNames(List<String> parts) {
  /** Copies the list. */
  public TableNames {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none, saying what is allowed
   */
  public static TableNames parse(String pattern) {
    List<String> parts = Stream.of(pattern.split("\\.", -1)).map(String::trim).toList();
    if (parts.size() < 3
        || parts.stream().anyMatch(String::isEmpty)
        || parts.get(0).contains("{")
        || !pattern.contains("{table}")
        || pattern.replace("{database}", "").replace("{table}", "").contains("{")) {
      throw new IllegalArgumentException(
          "is not of the form catalog.namespace.table with {table} in it and, where one table name"
              + " can be in two databases, {database}; e.g. lake.{database}.{table}");
    }
    return new TableNames(parts);
  }

  /** The catalogue, as Spark is configured to know it. */
  public String catalog() {
    return parts.get(0);
  }

  /** The table in the catalogue. */
  public TableIdentifier of(TableName table) {
    List<String> names =
        parts.stream()
            .skip(1)
            .map(
                p ->
                    p.replace("{database}", clean(table.database()))
                        .replace("{table}", clean(table.table())))
            .toList();
    String[] namespace = names.subList(0, names.size() - 1).toArray(String[]::new);
    return TableIdentifier.of(Namespace.of(namespace), names.get(names.size() - 1));
  }

  /** A name that every catalogue takes. */
  public static String clean(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    if (plain.equals(name)) {
      return name;
    }
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return plain + String.format(Locale.ROOT, "_%08x", crc.getValue());
  }
}
