package io.sluice.cdc.internal.transform;

import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.ProtectionRule;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.DerivedColumns;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether rules say what somebody who wrote them can have meant. */
public final class RuleCheck {
  private RuleCheck() {}

  /**
   * Adds what is wrong with the rules for these tables, among it rules that match no column.
   *
   * @param tables the structures of all included tables in MySQL
   */
  public static void check(
      ProtectionConfig config, Collection<TableSchema> tables, Problems problems) {
    for (ProtectionRule rule : config.columns()) {
      rule.match().requireAny("columns", tables, problems);
    }
    for (TableSchema table : tables) {
      ColumnChoice.misfits(config, table).forEach(problems::add);
    }
  }

  /** Adds columns that show what is protected, because the server makes their values of it. */
  public static void checkDerived(
      ProtectionConfig config, Collection<DerivedColumns.Derived> columns, Problems problems) {
    for (DerivedColumns.Derived derived : columns) {
      Set<String> hidden =
          derived.sources().stream()
              .filter(source -> hides(config.protection(derived.table(), source)))
              .collect(Collectors.toCollection(TreeSet::new));
      if (!hidden.isEmpty() && config.protection(derived.table(), derived.column()) == null) {
        String name = derived.table() + "." + derived.column();
        problems.add(
            "columns: MySQL makes the values of '"
                + name
                + "' of "
                + String.join(", ", hidden)
                + ", which is protected, and no rule says what is to become of them; add one,"
                + " e.g. { match: \""
                + name
                + "\", action: redact }, or keep");
      }
    }
  }

  /** What is to be said of rules that match columns, of which each has an earlier rule. */
  public static List<String> withoutEffect(
      ProtectionConfig config, Collection<TableSchema> tables) {
    List<ProtectionRule> counting =
        tables.stream()
            .flatMap(table -> table.columns().stream().map(c -> first(config, table, c)))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return config.columns().stream()
        .filter(rule -> !counting.contains(rule))
        .filter(rule -> matches(rule, tables).findAny().isPresent())
        .map(rule -> withoutEffect(config, rule, tables))
        .toList();
  }

  private static String withoutEffect(
      ProtectionConfig config, ProtectionRule rule, Collection<TableSchema> tables) {
    String earlier =
        matches(rule, tables)
            .map(
                m ->
                    "'"
                        + Objects.requireNonNull(first(config, m.table(), m.column())).match()
                        + "'")
            .distinct()
            .collect(Collectors.joining(", "));
    return "The rule '"
        + rule.match()
        + "' of columns has no effect now: all its columns have earlier rules, "
        + earlier;
  }

  private record Match(TableSchema table, Column column) {}

  private static Stream<Match> matches(ProtectionRule rule, Collection<TableSchema> tables) {
    return tables.stream()
        .flatMap(
            table ->
                table.columns().stream()
                    .filter(c -> rule.match().matches(table.table(), c.name()))
                    .map(c -> new Match(table, c)));
  }

  private static @Nullable ProtectionRule first(
      ProtectionConfig config, TableSchema table, Column column) {
    return config.columns().stream()
        .filter(rule -> rule.match().matches(table.table(), column.name()))
        .findFirst()
        .orElse(null);
  }

  private static boolean hides(@Nullable Protection rule) {
    return rule != null && rule.action() != Protection.Action.KEEP;
  }
}
