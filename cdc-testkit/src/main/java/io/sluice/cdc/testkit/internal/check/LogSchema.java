package io.sluice.cdc.testkit.internal.check;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A table's structure as a commit tells it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record LogSchema(
    int version, String database, String table, List<LogColumn> columns, List<String> key) {
  @SuppressWarnings("ConstantValue") // Jackson passes null for what is absent
  LogSchema {
    columns = columns == null ? List.of() : List.copyOf(columns);
    key = key == null ? List.of() : List.copyOf(key);
  }

  TableId tableId() {
    return new TableId(database, table);
  }

  /** How the column is carried, whatever MySQL calls it; empty when it is not known. */
  String logical(String column) {
    return columns.stream()
        .filter(c -> c.name().equals(column) && c.logical() != null)
        .map(c -> String.valueOf(c.logical()))
        .findFirst()
        .orElse("");
  }

  List<String> columnNames() {
    return columns.stream().map(LogColumn::name).toList();
  }

  /** Whether the values in the files are not MySQL's on purpose. */
  boolean isProtected(String column) {
    return columns.stream().anyMatch(c -> c.name().equals(column) && c.protection() != null);
  }

  /** The same, of which these columns are protected, too. */
  LogSchema protecting(Predicate<String> more) {
    List<LogColumn> all =
        columns.stream()
            .map(
                c ->
                    c.protection() == null && more.test(c.name())
                        ? new LogColumn(c.name(), c.logical(), "untold")
                        : c)
            .toList();
    return new LogSchema(version, database, table, all, key);
  }

  /** Whether rows cannot be told apart by MySQL's values of the key. */
  boolean hidesKey() {
    return key.stream().anyMatch(this::isProtected);
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record LogColumn(String name, @Nullable String logical, @Nullable String protection) {}
}
