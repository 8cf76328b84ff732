package io.sluice.cdc.s3.sql;

import io.sluice.cdc.event.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * What a table's objects are called in an engine. No engine tells {@code Order} from {@code order},
 * and catalogues like Glue's and Hive's take nothing but lower case letters, digits and
 * underscores. Where a name has to give way, it gets a suffix that follows from MySQL's name alone.
 *
 * @param schema the engine's schema or database
 * @param rows all rows
 * @param current the current state
 * @param asOf the state at a moment
 * @param statement the same where names have no schema: prepared statements, temporary views
 */
record ObjectNames(String schema, String rows, String current, String asOf, String statement) {

  /**
   * Names for all tables of a pipeline.
   *
   * @param tables in the order in which they came: a table that comes later must not take a name
   *     under which readers know another one
   * @param strict whether only {@code a-z 0-9 _} may be in them
   */
  static Map<TableName, ObjectNames> of(Collection<TableName> tables, boolean strict) {
    Map<String, String> schemas = new HashMap<>();
    Map<String, Set<String>> taken = new HashMap<>();
    Set<String> takenSchemas = new HashSet<>();
    Set<String> takenStatements = new HashSet<>();
    Map<TableName, ObjectNames> names = new HashMap<>();
    for (TableName table : tables) {
      String database = table.database();
      String schema = schemas.computeIfAbsent(database, d -> free(d, d, strict, takenSchemas));
      Set<String> used = taken.computeIfAbsent(database, d -> new HashSet<>());
      String rows = free(table.table(), table.table(), strict, used);
      String asOf = free(rows + "_as_of", table.table(), strict, used);
      names.put(
          table,
          new ObjectNames(
              schema,
              rows,
              free(rows + "_current", table.table(), strict, used),
              asOf,
              free(letterFirst(schema + "_" + asOf), table.toString(), true, takenStatements)));
    }
    return names;
  }

  /** Athena takes no name of a statement that begins with a digit. */
  private static String letterFirst(String name) {
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
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
