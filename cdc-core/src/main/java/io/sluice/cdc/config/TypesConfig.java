package io.sluice.cdc.config;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.ZeroDates;
import java.util.List;
import java.util.Optional;

/**
 * Choices in the mapping of types. Immutable.
 *
 * @param zeroDates what becomes of zero and invalid dates
 * @param columns choices for single columns; the first that matches counts
 */
public record TypesConfig(ZeroDates zeroDates, List<ColumnRule> columns) {
  /** Zero dates become NULL, and every column is carried as its type says. */
  public static final TypesConfig DEFAULT = new TypesConfig(ZeroDates.NULL, List.of());

  /** Copies the list. */
  public TypesConfig {
    columns = List.copyOf(columns);
  }

  /** The same with another choice for zero and invalid dates. */
  public TypesConfig withZeroDates(ZeroDates choice) {
    return new TypesConfig(choice, columns);
  }

  /** The same with other choices for single columns. */
  public TypesConfig withColumns(List<ColumnRule> rules) {
    return new TypesConfig(zeroDates, rules);
  }

  /** The choice for a column, if there is one. */
  public Optional<ColumnRule> rule(TableName table, String column) {
    return columns.stream().filter(r -> r.matches(table, column)).findFirst();
  }

  /**
   * A column as it is carried under these choices.
   *
   * @throws UnsupportedOperationException when values of the type cannot be carried, or not in the
   *     way that was chosen
   */
  public Column column(TableName table, String name, MySqlType type, boolean nullable) {
    Optional<ColumnRule> rule = rule(table, name);
    if (rule.isEmpty()) {
      return Column.of(name, type, nullable, zeroDates);
    }
    try {
      return new Column(name, type.text(), rule.get().as().of(type), nullable);
    } catch (UnsupportedOperationException e) {
      throw new UnsupportedOperationException(
          "types.columns has " + rule.get() + ", but " + e.getMessage(), e);
    }
  }
}
