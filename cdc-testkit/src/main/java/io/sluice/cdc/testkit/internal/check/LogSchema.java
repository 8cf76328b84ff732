package io.sluice.cdc.testkit.internal.check;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

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

  /** Whether the column is carried as text, whatever MySQL calls it. */
  boolean isText(String column) {
    return columns.stream().anyMatch(c -> c.name().equals(column) && "TEXT".equals(c.logical()));
  }

  List<String> columnNames() {
    return columns.stream().map(LogColumn::name).toList();
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record LogColumn(String name, String logical) {}
}
