package io.sluice.cdc.internal.transform;

import io.sluice.cdc.event.TableName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that columns had before, or of which the server makes their values, as statements told
 * since the start. A structure alone does not tell them: where {@code email} becomes {@code
 * email_old} and another {@code email} is added, nothing is missing. Not thread-safe.
 */
final class FormerNames {
  private final Map<TableName, Map<String, Set<String>>> names = new HashMap<>();

  /**
   * Columns got other names, all at once.
   *
   * @param renames the new name of each former name
   */
  void renamed(TableName table, Map<String, String> renames) {
    Map<String, Set<String>> before = names.getOrDefault(table, Map.of());
    Map<String, Set<String>> after = new HashMap<>(before);
    renames.forEach(
        (from, to) -> {
          Set<String> former = new TreeSet<>(before.getOrDefault(key(from), Set.of()));
          former.addAll(after.getOrDefault(key(to), Set.of()));
          former.add(from);
          after.put(key(to), former);
        });
    names.put(table, after);
  }

  /** A column gets its values of others. */
  void derived(TableName table, String column, Set<String> sources) {
    Map<String, Set<String>> all = names.computeIfAbsent(table, t -> new HashMap<>());
    Set<String> former = new TreeSet<>(all.getOrDefault(key(column), Set.of()));
    for (String source : sources) {
      former.addAll(all.getOrDefault(key(source), Set.of()));
      former.add(source);
    }
    all.put(key(column), former);
  }

  /** Every name under which values of a column of this name were before. */
  Set<String> of(TableName table, String column) {
    return names.getOrDefault(table, Map.of()).getOrDefault(key(column), Set.of());
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
