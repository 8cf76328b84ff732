package io.sluice.cdc.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text in columns. Not thread-safe. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table row(String name, String value) {
    rows.add(List.of(name, value));
    return this;
  }

  Table row(String name, long value) {
    return row(name, String.format(Locale.ROOT, "%,d", value));
  }

  static Table of(List<List<String>> rows) {
    Table table = new Table();
    table.rows.addAll(rows);
    return table;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append("  ");
      for (int i = 0; i < row.size(); i++) {
        boolean last = i == row.size() - 1;
        text.append(last ? row.get(i) : pad(row.get(i), width(i))).append(last ? "\n" : "  ");
      }
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(r -> r.size() > column)
        .mapToInt(r -> r.get(column).length())
        .max()
        .orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
