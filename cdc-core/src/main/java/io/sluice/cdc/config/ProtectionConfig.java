package io.sluice.cdc.config;

import io.sluice.cdc.event.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which values are changed or left out before they leave the process. Immutable.
 *
 * @param columns the first rule that matches a column counts; a column without one is kept
 * @param newColumns what becomes of columns that appear later
 * @param secret for {@link Protection#hash()}; null where no rule needs it
 */
public record ProtectionConfig(
    List<ProtectionRule> columns, NewColumns newColumns, @Nullable HashSecret secret) {
  /** Everything is written as it is. */
  public static final ProtectionConfig NONE =
      new ProtectionConfig(List.of(), NewColumns.KEEP, null);

  /** Copies the list. */
  public ProtectionConfig {
    columns = List.copyOf(columns);
  }

  /** The same with other rules. */
  public ProtectionConfig withColumns(List<ProtectionRule> rules) {
    return new ProtectionConfig(rules, newColumns, secret);
  }

  /** The same with another choice for columns that appear later. */
  public ProtectionConfig withNewColumns(NewColumns choice) {
    return new ProtectionConfig(columns, choice, secret);
  }

  /** The same with a secret. */
  public ProtectionConfig withSecret(HashSecret value) {
    return new ProtectionConfig(columns, newColumns, value);
  }

  /** Adds what is wrong. */
  public void check(Problems problems) {
    boolean hashes =
        columns.stream().anyMatch(r -> r.protection().action() == Protection.Action.HASH);
    if (hashes && secret == null) {
      problems.missing("hashSecret", "at least 16 characters, because a rule of columns has hash");
    }
  }

  /** The protection that a rule gives a column, or null where no rule matches. */
  public @Nullable Protection protection(TableName table, String column) {
    for (ProtectionRule rule : columns) {
      if (rule.match().matches(table, column)) {
        return rule.protection();
      }
    }
    return null;
  }

  /** Whether nothing may ever be changed or left out. */
  public boolean isNone() {
    return columns.isEmpty() && newColumns == NewColumns.KEEP;
  }
}
