package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * What a table's objects are called in an engine. No engine tells {@code Order} from {@code order},
 * and catalogues like Glue's and Hive's take nothing but lower case letters, digits and
 * underscores. Where a name has to give way, it gets a suffix that follows from MySQL's name alone,
 * so that it is the same whenever it is printed.
 *
 * @param schema the engine's schema or database
 * @param rows all rows
 * @param current the current state
 * @param asOf the state at a moment
 */
record ObjectNames(String schema, String rows, String current, String asOf) {

  /**
   * Names for all tables of a pipeline.
   *
   * @param strict whether only {@code a-z 0-9 _} may be in them
   */
  static Map<TableName, ObjectNames> of(Collection<TableName> tables, boolean strict) {
    Map<String, String> schemas = new HashMap<>();
    Set<String> taken = new HashSet<>();
    new TreeSet<>(tables.stream().map(TableName::database).toList())
        .forEach(database -> schemas.put(database, free(database, database, strict, taken)));
    Map<TableName, String> rows = new TreeMap<>();
    Map<String, Set<String>> inSchema = new HashMap<>();
    for (TableName table : new TreeSet<>(tables)) {
      Set<String> used = inSchema.computeIfAbsent(table.database(), d -> new HashSet<>());
      rows.put(table, free(table.table(), table.table(), strict, used));
    }
    Map<TableName, ObjectNames> names = new TreeMap<>();
    rows.forEach(
        (table, name) -> {
          Set<String> used = inSchema.getOrDefault(table.database(), new HashSet<>());
          names.put(
              table,
              new ObjectNames(
                  schemas.getOrDefault(table.database(), ""),
                  name,
                  free(name + "_current", table.table(), strict, used),
                  free(name + "_as_of", table.table(), strict, used)));
        });
    return names;
  }

  private static String free(String wanted, String mysql, boolean strict, Set<String> taken) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    String plain = lower.replaceAll("[^a-z0-9_]", "_");
    String name = !strict ? wanted : plain.equals(lower) ? lower : plain + suffix(mysql);
    if (!taken.add(name.toLowerCase(Locale.ROOT))) {
      name += suffix(mysql);
      taken.add(name.toLowerCase(Locale.ROOT));
    }
    return name;
  }

  private static String suffix(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "_%08x", crc.getValue());
  }
}
